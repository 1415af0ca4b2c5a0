/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Reads timestamps of telemetry. A time before 1973 or after 9999 comes from a clock that was never set, and counts as
 * none.
 */
final class OtlpTime {

    /** In March 1973; a smaller number is most likely in seconds. */
    private static final long MIN_MILLIS = 100_000_000_000L;

    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private OtlpTime() {}

    /** Epoch milliseconds of epoch nanoseconds; empty out of bounds, as for unsigned ones beyond 2262. */
    static OptionalLong ofNanos(long nanos) {
        return bounded(TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Epoch milliseconds of a time in ISO 8601 with its offset; empty if it is none or out of bounds. */
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
