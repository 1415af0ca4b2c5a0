/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/**
 * The times of tool calls that started and have not ended, in order. Which of them are orphans depends on the clock when
 * it is read.
 */
final class OpenStarts {

    /** The latest times that a stored value keeps one by one; those before them are orphans by any clock. */
    private static final int STORED = 256;

    private long[] times = new long[2];
    private int size;
    /** Open starts before the stored ones; only in what was read from a stored value. */
    private long earlier;

    void add(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
        }
        int at = size;
        while (at > 0 && times[at - 1] > time) {
            at--;
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        times[at] = time;
        size++;
    }

    void remove(long time) {
        int at = Arrays.binarySearch(times, 0, size, time);
        if (at < 0) {
            throw new IllegalStateException("no open start at " + time);
        }
        System.arraycopy(times, at + 1, times, at, size - at - 1);
        size--;
    }

    void clear() {
        size = 0;
        earlier = 0;
    }

    /** How many started at that time or before. */
    long startedBy(long time) {
        int at = size;
        while (at > 0 && times[at - 1] > time) {
            at--;
        }
        return earlier + at;
    }

    void write(StateOutput out) {
        int from = Math.max(0, size - STORED);
        out.number(earlier + from);
        out.array(size - from);
        for (int i = from; i < size; i++) {
            out.item();
            out.number(times[i]);
        }
        out.arrayEnd();
    }

    static OpenStarts read(StateInput in) {
        OpenStarts starts = new OpenStarts();
        starts.earlier = in.number();
        in.array(() -> starts.add(in.number()));
        return starts;
    }
}
