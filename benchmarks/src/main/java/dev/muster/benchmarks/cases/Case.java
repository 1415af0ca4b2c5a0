/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

/** Something that reads the whole topic of events, and whose cost is measured. */
public interface Case {

    /** Its short name, which commands and results use. */
    String name();

    /** What it does, in a few words for the report. */
    String description();

    /**
     * Reads everything once, in one thread, and checks what it has counted.
     *
     * @throws IllegalStateException if it does not end in time, or counted wrongly: then its speed says nothing
     */
    Pass run(Workload workload);

    /** Stops a run whose count is wrong. */
    static void check(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException(what + ": expected " + expected + ", counted " + counted);
        }
    }
}
