/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.page.Position;
import java.util.Optional;

/**
 * Asks for the traces of all sessions that fit.
 *
 * @param after traces up to there are passed over
 * @param limit so many at most, 1 or more
 * @param budget so many traces are looked at, at most
 */
public record TraceQuery(String account, TraceFilter filter, Optional<Position> after, int limit, int budget) {}
