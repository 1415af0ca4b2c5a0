/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The read side as a caller sees it: filters, views, and who answers. Behind it {@code shard} tells what one instance knows,
 * {@code gather} asks all shards and merges what they say, and {@code page} holds the positions that both go by.
 */
@NullMarked
package dev.muster.streams.read;

import org.jspecify.annotations.NullMarked;
