/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import java.nio.file.Path;
import java.util.Optional;

/** Something that reads the topic of events, and whose cost is measured. */
public interface Case {

    /** Its short name, which commands and results use. */
    String name();

    /** What it does, in a few words for the report. */
    String description();

    /**
     * Reads everything once, or as much as its description says, in one thread, and checks what it has counted.
     *
     * @throws IllegalStateException if it does not end in time, or counted wrongly: then its speed says nothing
     */
    Pass run(Workload workload);

    /** How many passes are taken of it at most, a cold one first: fewer of a slow one. */
    default int mostPasses() {
        return Integer.MAX_VALUE;
    }

    /** A folder with all jars of its process, if its class path cannot be this program's. */
    default Optional<Path> libraries() {
        return Optional.empty();
    }

    /** Stops a run whose count is wrong. */
    static void check(String what, long expected, long counted) {
        if (expected != counted) {
            throw new IllegalStateException(what + ": expected " + expected + ", counted " + counted);
        }
    }
}
