/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Points in time as telemetry tells them. One before 1973 or after 9999 is a clock that was never set: no time. */
final class Moment {

    /** In March 1973; anything less in milliseconds is most likely seconds, or nothing. */
    private static final long MIN_MILLIS = 100_000_000_000L;

    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private Moment() {}

    /** Epoch milliseconds of nanoseconds; OTLP's unsigned ones beyond 2262 are negative here, and no time. */
    static OptionalLong ofNanos(long nanos) {
        return bounded(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Epoch milliseconds of a time in ISO 8601 with its offset. */
    static OptionalLong ofText(String text) {
        try {
            return bounded(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong bounded(long millis) {
        return millis < MIN_MILLIS || millis > MAX_MILLIS ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
