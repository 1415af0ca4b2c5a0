/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

/**
 * How far an instance has come.
 *
 * @param step what it does
 * @param share how much of it is done, from 0 to 1, where it knows
 * @param taken how many records it has taken in
 * @param detail what exactly it does, such as the question that it is asked
 */
record QueryStatus(Step step, double share, long taken, String detail) {

    /** What an instance does, one after the other. */
    enum Step {
        /** It starts. */
        STARTING,
        /** It takes the fleet in. */
        LOADING,
        /** It waits until its sessions have left memory. */
        RESTING,
        /** It is asked while nothing else happens. */
        ASKED_AT_REST,
        /** It waits for events. */
        READY_FOR_LOAD,
        /** It is asked while events come. */
        ASKED_UNDER_LOAD,
        /** It takes in what is left, and checks what it has. */
        ENDING
    }

    /** Whether it has come so far, or further. */
    boolean isAt(Step reached) {
        return step.compareTo(reached) >= 0;
    }
}
