/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Instant;

/**
 * Events to measure with.
 *
 * @param name how it is called in the report
 * @param records how many records it has, repeats among them
 * @param sessions how many sessions they are of, interleaved at random; each has at most 1,000,000 records
 */
public record DataSet(String name, int records, int sessions) {

    private static final long SEED = 20_261_122;

    /** Many sessions at work at the same time. */
    public static DataSet mix(int records, int sessions) {
        return new DataSet("mix", records, sessions);
    }

    /** One long session of the same events. */
    public static DataSet oneSession(int records) {
        return new DataSet("one session", records, 1);
    }

    /**
     * The events, in the order in which they are sent.
     *
     * @param now the sessions began some weeks before; within retention, so that nothing is refused
     */
    public EventStream stream(Instant now) {
        return new EventStream(this, SEED, now);
    }
}
