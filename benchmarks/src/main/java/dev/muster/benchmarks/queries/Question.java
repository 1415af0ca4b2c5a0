/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.util.function.Supplier;

/**
 * A question to the readers.
 *
 * @param name what is asked for, in a few words for the report
 * @param read asks it
 * @param check judges the answer
 */
record Question<A>(String name, Supplier<A> read, Check<A> check) {

    /** What an answer must be. */
    interface Check<A> {

        /**
         * How many rows an answer has.
         *
         * @throws WrongAnswerException if it is not right
         */
        int rows(A answer, Moment asked);
    }

    /**
     * An answer that was right.
     *
     * @param nanos how long it took, nanoseconds; to check it is not in that
     * @param cpuNanos how much processor time the asking thread took for it, nanoseconds
     * @param rows how many rows it had
     */
    record Taken(long nanos, long cpuNanos, int rows) {}

    /**
     * Asks once.
     *
     * @throws WrongAnswerException if the answer is not right
     */
    Taken ask(Moment moment, Clocks clocks) {
        long began = clocks.wall().getAsLong();
        long cpuBegan = clocks.cpu().getAsLong();
        A answer = read.get();
        long cpu = clocks.cpu().getAsLong() - cpuBegan;
        long took = clocks.wall().getAsLong() - began;
        try {
            return new Taken(took, cpu, check.rows(answer, moment));
        } catch (WrongAnswerException e) {
            throw new WrongAnswerException(name + ": " + e.getMessage());
        }
    }
}
