/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What one instance says of an account, from the partitions it hosts: {@link dev.muster.streams.read.shard.AccountShard} asks for
 * rows by queries that are data, and {@link dev.muster.streams.read.shard.LocalShard} answers from the stores, live sessions
 * laid over them.
 */
@NullMarked
package dev.muster.streams.read.shard;

import org.jspecify.annotations.NullMarked;
