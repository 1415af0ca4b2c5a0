/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

/**
 * How much each shard looks at for one page; the next page goes on from there.
 *
 * @param rows so many sessions, traces or entries of the audit log
 * @param sessionsOfDays so many sessions for day groups of sessions that fit a filter; what is behind them is left out
 */
public record Budgets(int rows, int sessionsOfDays) {

    /** As much as takes a fraction of a second. */
    public static final Budgets DEFAULT = new Budgets(5_000, 50_000);
}
