/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, from one shard.
 *
 * @param rows in the list's order, behind the query's position; at most its limit
 * @param scannedTo how far the shard looked, if it stopped before its end: up to there these are all rows that fit; empty if
 *     there are no more
 * @param coverage the partitions that it looked at
 */
public record Slice<T extends Positioned>(List<T> rows, Optional<Position> scannedTo, Coverage coverage) {}
