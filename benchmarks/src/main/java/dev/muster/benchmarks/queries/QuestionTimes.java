/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.util.Arrays;

/**
 * How soon a question was answered. Percentiles are by nearest rank.
 *
 * @param name what was asked
 * @param rows how many rows the last answer had
 * @param times how many times it was asked
 * @param p50Ms the median, milliseconds
 * @param p95Ms the 95th percentile, milliseconds
 * @param p99Ms the 99th percentile, milliseconds
 * @param maxMs the longest time, milliseconds: the first one as a rule
 */
public record QuestionTimes(String name, int rows, int times, double p50Ms, double p95Ms, double p99Ms, double maxMs) {

    private static final double NANOS_A_MS = 1e6;

    /** Of so many nanoseconds each, at least once. */
    static QuestionTimes of(String name, int rows, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new QuestionTimes(
                name,
                rows,
                sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 100));
    }

    private static double percentile(long[] sorted, int percent) {
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(1, rank) - 1] / NANOS_A_MS;
    }
}
