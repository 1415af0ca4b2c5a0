/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

/**
 * What one pass over the topic took.
 *
 * @param records how many records it read, after warming up if it did
 * @param wallSeconds from the first record to the last, and to its commit where there is one
 * @param cpuSeconds of the whole process in that time: all threads, the compiler and the collector of garbage too
 */
public record Pass(long records, double wallSeconds, double cpuSeconds) {

    /** None was taken. */
    public static final Pass NOTHING = new Pass(0, 0, 0);
}
