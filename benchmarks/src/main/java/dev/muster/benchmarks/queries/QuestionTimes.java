/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.util.List;
import java.util.function.ToLongFunction;

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
 * @param cpuMs the median of the processor time that the asking thread took, milliseconds
 */
public record QuestionTimes(
        String name, int rows, int times, double p50Ms, double p95Ms, double p99Ms, double maxMs, double cpuMs) {

    private static final double NANOS_A_MS = 1e6;

    /** Of what each asking took, at least one. */
    static QuestionTimes of(String name, List<Question.Taken> taken) {
        long[] nanos = sorted(taken, Question.Taken::nanos);
        return new QuestionTimes(
                name,
                taken.get(taken.size() - 1).rows(),
                taken.size(),
                percentile(nanos, 50),
                percentile(nanos, 95),
                percentile(nanos, 99),
                percentile(nanos, 100),
                percentile(sorted(taken, Question.Taken::cpuNanos), 50));
    }

    private static long[] sorted(List<Question.Taken> taken, ToLongFunction<Question.Taken> of) {
        return taken.stream().mapToLong(of).sorted().toArray();
    }

    private static double percentile(long[] sorted, int percent) {
        int rank = (sorted.length * percent + 99) / 100;
        return sorted[Math.max(1, rank) - 1] / NANOS_A_MS;
    }
}
