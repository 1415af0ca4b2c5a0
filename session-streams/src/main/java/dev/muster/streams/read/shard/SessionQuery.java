/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.page.Position;
import java.util.Optional;

/**
 * Asks for the sessions that fit, in an order.
 *
 * @param now the clock of who asks, epoch milliseconds
 * @param after sessions up to there are passed over
 * @param limit so many at most, 1 or more
 * @param budget so many sessions are looked at, at most, where there is no index and the order is that of the last activity
 */
public record SessionQuery(
        String account,
        SessionFilter filter,
        SessionSort sort,
        long now,
        Optional<Position> after,
        int limit,
        int budget) {}
