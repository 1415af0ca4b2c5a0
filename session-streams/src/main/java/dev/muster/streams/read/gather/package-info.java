/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Answers for all of an account: {@code GatheringAccountReader} asks every shard, merges their rows by position, and makes
 * views of them last. One class answers each kind of question, as {@code AgentReads} does for agents.
 */
@NullMarked
package dev.muster.streams.read.gather;

import org.jspecify.annotations.NullMarked;
