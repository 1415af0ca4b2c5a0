/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.process.Memory;
import java.util.List;

/**
 * What an instance has measured.
 *
 * @param sessions how many sessions it has
 * @param loading what it took to take the fleet in, until all rows were written
 * @param heapEmptyBytes the heap in use after a full collection, before there was a session
 * @param heapAtRestBytes the same with all sessions at rest
 * @param memory the most that the process has held in all
 * @param atRest how soon questions were answered while nothing else happened
 * @param underLoad how soon while events came; none if none did
 * @param load what the process took meanwhile, reading and taking in together; nothing if no events came
 * @param interruptions how many times a question had to wait, since the instance had lost its tasks and got them again
 */
public record QueryResults(
        int sessions,
        Pass loading,
        long heapEmptyBytes,
        long heapAtRestBytes,
        Memory memory,
        List<QuestionTimes> atRest,
        List<QuestionTimes> underLoad,
        Pass load,
        int interruptions) {

    /** The heap that a session at rest takes, bytes. */
    public double heapPerSession() {
        return (double) (heapAtRestBytes - heapEmptyBytes) / sessions;
    }
}
