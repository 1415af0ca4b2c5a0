/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.limit;

import dev.muster.schemas.settings.Settings;

/**
 * How many events each key may send.
 *
 * @param eventsPerSecond what it may send in the long run; 0 for as many as it likes
 * @param burst what it may send at once after a silence, at least 1
 */
public record RateLimit(long eventsPerSecond, long burst) {

    /** Ten thousand a second, and ten seconds' worth at once: far more than any editor sends. */
    public static final RateLimit GENEROUS = new RateLimit(10_000, 100_000);

    private static final String RATE = "MUSTER_RATE_LIMIT";
    private static final String BURST = "MUSTER_RATE_BURST";
    private static final long BURST_SECONDS = GENEROUS.burst / GENEROUS.eventsPerSecond;
    private static final long MAX_RATE = 1_000_000;
    private static final long MAX_BURST = MAX_RATE * BURST_SECONDS;

    /**
     * Reads the settings.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException for the first that is wrong
     */
    public static RateLimit from(Settings settings) {
        long rate = settings.number(RATE, GENEROUS.eventsPerSecond, 0, MAX_RATE);
        return new RateLimit(rate, settings.number(BURST, Math.max(1, rate * BURST_SECONDS), 1, MAX_BURST));
    }

    /** Whether there is a limit at all. */
    boolean isOn() {
        return eventsPerSecond > 0;
    }
}
