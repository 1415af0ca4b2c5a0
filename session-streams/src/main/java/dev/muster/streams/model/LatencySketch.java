/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/**
 * Durations as integer counts in {@linkplain DurationBuckets buckets} of 1 %: sparse, mergeable, and able to take a value out
 * again. Percentiles are by nearest rank, the ceil(q·n)-th smallest.
 */
public final class LatencySketch {

    /** A bucket stands in an entry's upper bits, the number of its durations in so many lower ones. */
    private static final int COUNT_BITS = 48;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;
    private static final long[] NONE = {};

    /** In the order of their buckets. */
    private long[] entries = NONE;

    private int size;

    /** Takes a duration in, or with a negative count out again. */
    void add(long durationMs, long count) {
        addToBucket(DurationBuckets.of(durationMs), count);
    }

    /** Takes in what another holds, or with a negative sign out again. */
    void add(LatencySketch other, int sign) {
        if (size == 0 && sign > 0) {
            entries = Arrays.copyOf(other.entries, other.size);
            size = other.size;
        } else if (other.size > 0) {
            merge(other, sign);
        }
    }

    /** Both are in order, so one pass is enough. */
    private void merge(LatencySketch other, int sign) {
        long[] merged = new long[size + other.size];
        int to = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < size || theirs < other.size) {
            int myBucket = mine < size ? bucket(entries[mine]) : Integer.MAX_VALUE;
            int theirBucket = theirs < other.size ? bucket(other.entries[theirs]) : Integer.MAX_VALUE;
            long sum = (myBucket <= theirBucket ? count(entries[mine++]) : 0)
                    + (theirBucket <= myBucket ? sign * count(other.entries[theirs++]) : 0);
            if (sum != 0) {
                merged[to++] = entry(Math.min(myBucket, theirBucket), sum);
            }
        }
        entries = merged;
        size = to;
    }

    /** How many durations. */
    public long count() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += count(entries[i]);
        }
        return total;
    }

    /**
     * The duration that so many percent (1 to 100) of all do not exceed, within 1 %.
     *
     * @throws IllegalStateException if there are no durations
     */
    public long percentile(int percent) {
        long total = count();
        if (total <= 0) {
            throw new IllegalStateException("no durations");
        }
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += count(entries[i]);
            if (seen >= rank) {
                return DurationBuckets.durationOf(bucket(entries[i]));
            }
        }
        return DurationBuckets.durationOf(bucket(entries[size - 1]));
    }

    /** The 95th percentile, milliseconds; -1, less than any, where there are no durations. */
    public long p95OrNone() {
        return count() == 0 ? -1 : percentile(95);
    }

    private static int bucket(long entry) {
        return (int) (entry >> COUNT_BITS);
    }

    private static long count(long entry) {
        return entry << (Long.SIZE - COUNT_BITS) >> (Long.SIZE - COUNT_BITS);
    }

    private static long entry(int bucket, long count) {
        return ((long) bucket << COUNT_BITS) | (count & COUNT_MASK);
    }

    private void addToBucket(int bucket, long count) {
        int at = search(bucket);
        boolean isNew = at == size || bucket(entries[at]) != bucket;
        long sum = isNew ? count : count(entries[at]) + count;
        if (sum == 0 && !isNew) {
            System.arraycopy(entries, at + 1, entries, at, size - at - 1);
            size--;
        } else if (sum != 0) {
            if (isNew) {
                makeRoom(at);
            }
            entries[at] = entry(bucket, sum);
        }
    }

    private void makeRoom(int at) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size + size / 2 + 2);
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        size++;
    }

    /** The place of the first bucket that is not below one. */
    private int search(int bucket) {
        // Rows are read in order.
        if (size == 0 || bucket(entries[size - 1]) < bucket) {
            return size;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bucket(entries[middle]) < bucket) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether there are no durations. */
    boolean isEmpty() {
        return size == 0;
    }

    void write(StateOutput out) {
        out.array(size);
        for (int i = 0; i < size; i++) {
            out.item();
            out.number(bucket(entries[i]));
            out.number(count(entries[i]));
        }
        out.arrayEnd();
    }

    static LatencySketch read(StateInput in) {
        LatencySketch sketch = new LatencySketch();
        in.array(() -> {
            int bucket = (int) in.number();
            sketch.addToBucket(bucket, in.number());
        });
        return sketch;
    }
}
