/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.SessionFilter;

/**
 * Asks for the day groups of the sessions that fit.
 *
 * @param now the clock of who asks, epoch milliseconds
 * @param budget so many sessions are looked at, at most, the latest active first; what is behind them is left out
 */
public record SessionDaysQuery(String account, SessionFilter filter, long now, int budget) {}
