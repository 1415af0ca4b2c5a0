/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Events to measure with.
 *
 * @param name how it is called in commands and reports
 * @param records how many records it has, repeats among them; at least as many as sessions
 * @param sessions how many sessions they are of, all about as long
 * @param active how many of them are at work at the same time; where one ends, the next begins
 * @param turns whether a session has many turns, as in life, or is one turn without end
 * @param age how long before it is sent the first event happened; within retention, so that nothing is refused
 */
public record DataSet(String name, int records, int sessions, int active, boolean turns, Duration age) {

    private static final long SEED = 20_261_122;
    /** About so many events has a turn. */
    private static final int EVENTS_A_TURN = 11;

    private static final Duration WEEKS = Duration.ofDays(25);

    private static final List<DataSet> NAMED = List.of(
            mix(2_000_000, 20_000),
            new DataSet("sessions-10x", 2_000_000, 200_000, 20_000, true, WEEKS),
            // Half of the sessions have two events, and these are as far apart as sessions are that memory can hold.
            new DataSet("sessions-100x", 3_000_000, 2_000_000, 200_000, true, WEEKS),
            oneSession(1_000_000),
            new DataSet("one-trace", 100_000, 1, 1, false, WEEKS));

    /** Checks that the numbers go together. */
    public DataSet {
        if (active < 1 || active > sessions || sessions > records) {
            throw new IllegalArgumentException("The data set " + name + " cannot have " + active + " of " + sessions
                    + " sessions at work in " + records + " records.");
        }
    }

    /** Those that have a name, the main one first. */
    public static List<DataSet> named() {
        return NAMED;
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static DataSet named(String name) {
        return NAMED.stream()
                .filter(found -> found.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no data set «" + name + "»; there are "
                        + NAMED.stream().map(DataSet::name).toList() + "."));
    }

    /** Many sessions, all at work from the first record to the last. */
    public static DataSet mix(int records, int sessions) {
        return new DataSet("mix", records, sessions, sessions, true, WEEKS);
    }

    /** One long session of the same events; at most 1,000,000 of them lie within retention. */
    public static DataSet oneSession(int records) {
        return new DataSet("one-session", records, 1, 1, true, WEEKS);
    }

    /** One long session with so many traces. */
    public static DataSet manyTraces(int traces) {
        return new DataSet("many-traces", traces * EVENTS_A_TURN, 1, 1, true, WEEKS);
    }

    /** Sessions that are all at work, of the last hour. */
    public static DataSet live(int records, int sessions) {
        return new DataSet("live", records, sessions, sessions, true, Duration.ofHours(1));
    }

    /**
     * The same with fewer or more records and sessions, each session as long as before; a single session has fewer records.
     *
     * @param factor what the numbers are multiplied by, above 0
     */
    public DataSet scaled(double factor) {
        int scaledSessions = scaled(sessions, factor);
        return new DataSet(
                name,
                Math.max(scaledSessions, scaled(records, factor)),
                scaledSessions,
                Math.min(scaledSessions, scaled(active, factor)),
                turns,
                age);
    }

    /**
     * The same with so many sessions at work at a time at most: where one ends, the next begins.
     *
     * @param most at least 1
     */
    public DataSet withAtWork(int most) {
        return new DataSet(name, records, sessions, Math.min(active, most), turns, age);
    }

    private static int scaled(int number, double factor) {
        return Math.max(1, (int) Math.round(number * factor));
    }

    /**
     * The events, in the order in which they are sent.
     *
     * @param now when sending begins
     */
    public EventStream stream(Instant now) {
        return new EventStream(this, SEED, now);
    }
}
