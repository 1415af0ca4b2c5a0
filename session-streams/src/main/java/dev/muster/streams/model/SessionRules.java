/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What an installation decides about all sessions.
 *
 * @param pricing what tokens cost
 * @param zones where a day begins for an account: a session belongs to the day that it started on
 * @param retention for how long sessions are kept: no event began before
 */
public record SessionRules(Pricing pricing, AccountZones zones, Duration retention) {

    /** No event lasts longer: a source that tells so was wrong, or slept. */
    static final long LONGEST_MS = Duration.ofHours(24).toMillis();

    private static final Duration FOR_EVER = Duration.ofDays(100_000);

    /** The rules of an installation that reckons its days in a zone. */
    public SessionRules(Pricing pricing, ZoneId zone, Duration retention) {
        this(pricing, AccountZones.all(zone), retention);
    }

    /** The rules of an installation that reckons its days in UTC, and keeps sessions for ever. */
    public static SessionRules inUtc(Pricing pricing) {
        return new SessionRules(pricing, ZoneOffset.UTC, FOR_EVER);
    }

    /**
     * Whether an event cannot have lasted for as long as it says: longer than 24 hours, or since before anything is kept. It counts
     * with its end alone then.
     *
     * @param time its end, epoch milliseconds
     * @param durationMs milliseconds, negative without one
     * @param appendTime when its record was appended, epoch milliseconds
     */
    public boolean isAbsurd(long time, long durationMs, long appendTime) {
        return durationMs > LONGEST_MS || (durationMs > 0 && time - durationMs < appendTime - retention.toMillis());
    }

    /** When an event began: before its time, which is its end, by what it lasted. */
    long begunAt(long time, long durationMs, long appendTime) {
        return durationMs <= 0 || isAbsurd(time, durationMs, appendTime) ? time : time - durationMs;
    }
}
