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
     * @param rows how many rows it had
     */
    record Taken(long nanos, int rows) {}

    /**
     * Asks once.
     *
     * @throws WrongAnswerException if the answer is not right
     */
    Taken ask(Moment moment) {
        long began = System.nanoTime();
        A answer = read.get();
        long took = System.nanoTime() - began;
        try {
            return new Taken(took, check.rows(answer, moment));
        } catch (WrongAnswerException e) {
            throw new WrongAnswerException(name + ": " + e.getMessage());
        }
    }
}
