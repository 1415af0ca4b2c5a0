/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Answers for all of an account: asks every shard, merges their rows by position, and makes views last. */
@NullMarked
package dev.muster.streams.read.gather;

import org.jspecify.annotations.NullMarked;
