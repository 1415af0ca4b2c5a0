/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Tests of what is read of stores, one instance's partitions at a time or split over several. */
@NullMarked
package dev.muster.streams.read.shard;

import org.jspecify.annotations.NullMarked;
