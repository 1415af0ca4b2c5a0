/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/**
 * Times in order, the same one as often as it was added: of the tool calls that started and have not ended, say, of which
 * the clock at the time of reading decides which are orphans.
 */
final class TimeList {

    /** The latest times that a stored value keeps one by one; those before them are only counted. */
    private static final int STORED = 256;

    private static final long[] NONE = {};

    private long[] times = NONE;
    private int size;
    /** Times before the stored ones; only in what was read from a stored value. */
    private long earlier;

    void add(long time) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size + size / 2 + 2);
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
        if (at < 0 && earlier > 0) {
            earlier--;
            return;
        }
        if (at < 0) {
            throw new IllegalStateException("no such time: " + time);
        }
        System.arraycopy(times, at + 1, times, at, size - at - 1);
        size--;
    }

    /** Whether a stored value keeps all of them. */
    boolean isStoredWhole() {
        return size <= STORED;
    }

    /** Takes over the times of another list, which is used no more. */
    void become(TimeList other) {
        times = other.times;
        size = other.size;
        earlier = other.earlier;
    }

    int weight() {
        return times.length * Long.BYTES;
    }

    void clear() {
        size = 0;
        earlier = 0;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long first() {
        return times[0];
    }

    /** How many are at that time or before. */
    long upTo(long time) {
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

    static TimeList read(StateInput in) {
        TimeList list = new TimeList();
        list.earlier = in.number();
        in.array(() -> list.add(in.number()));
        return list;
    }
}
