/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/** Places in order, each no more than its two numbers. */
final class FactPositions {

    private long[] times = new long[1];
    private long[] ids = new long[1];
    private int size;

    int size() {
        return size;
    }

    FactPosition get(int index) {
        return new FactPosition(times[index], ids[index]);
    }

    FactPosition last() {
        return get(size - 1);
    }

    /** The last place that is this one or before it; the first when there is none. */
    int lastUpTo(FactPosition place) {
        return Math.max(0, countUpTo(place) - 1);
    }

    void add(FactPosition place) {
        int at = countUpTo(place);
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            ids = Arrays.copyOf(ids, size * 2);
        }
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(ids, at, ids, at + 1, size - at);
        times[at] = place.time();
        ids[at] = place.id();
        size++;
    }

    void remove(FactPosition place) {
        int at = lastUpTo(place);
        if (at >= size || !get(at).equals(place)) {
            throw new IllegalArgumentException("there is no " + place);
        }
        size--;
        System.arraycopy(times, at + 1, times, at, size - at);
        System.arraycopy(ids, at + 1, ids, at, size - at);
    }

    private int countUpTo(FactPosition place) {
        if (size > 0 && isUpTo(size - 1, place)) {
            return size;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isUpTo(middle, place)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isUpTo(int index, FactPosition place) {
        return times[index] != place.time()
                ? times[index] < place.time()
                : Long.compareUnsigned(ids[index], place.id()) <= 0;
    }

    int weight() {
        return times.length * 2 * Long.BYTES;
    }
}
