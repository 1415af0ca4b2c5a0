/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.util.Locale;

/**
 * The size of a fleet: many sessions of a few events each, spread over days, and one more with many traces.
 *
 * @param sessions how many sessions, at least 200, for of fewer there would not be all that is rare; the long one comes on top
 * @param agents how many agents they are of; a few have many of them
 * @param days over how many days they are spread, at most as many as retention keeps
 * @param traces how many traces the long session has
 */
public record Fleet(int sessions, int agents, int days, int traces) {

    /** The fewest sessions. */
    public static final int MIN_SESSIONS = 200;

    /** The most days. */
    public static final int MAX_DAYS = 30;

    /** Checks that nothing would be missing. */
    public Fleet {
        if (sessions < MIN_SESSIONS || agents < 1 || days < 1 || days > MAX_DAYS || traces < 1) {
            throw new IllegalArgumentException("A fleet has at least " + MIN_SESSIONS
                    + " sessions, an agent and a trace, and 1 to " + MAX_DAYS + " days, not " + sessions
                    + " sessions of "
                    + agents + " agents over " + days + " days with " + traces + " traces.");
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "A fleet of %,d sessions of %,d agents over %d days, and one session more of %,d traces.",
                sessions,
                agents,
                days,
                traces);
    }
}
