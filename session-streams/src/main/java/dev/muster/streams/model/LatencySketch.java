/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/**
 * Durations as integer counts in logarithmic buckets, DDSketch's mapping with 1 % relative error: sparse, mergeable, and
 * able to take a value out again. Percentiles are by nearest rank, the ceil(q·n)-th smallest.
 *
 * @see <a href="https://arxiv.org/abs/1908.10693">DDSketch, Masson et al. 2019</a>
 */
public final class LatencySketch {

    private static final double RELATIVE_ERROR = 0.01;
    private static final double GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GAMMA = Math.log(GAMMA);
    /** The bucket of 0 ms, below that of 1 ms, which is 0. */
    private static final int ZERO = -1;

    private int[] buckets = new int[4];
    private long[] counts = new long[4];
    private int size;
    private long total;

    /** Takes a duration in, or with a negative count out again. */
    void add(long durationMs, long count) {
        addToBucket(bucketOf(durationMs), count);
    }

    /** How many durations. */
    public long count() {
        return total;
    }

    /**
     * The duration that so many percent (1 to 100) of all do not exceed: within 1 %, then rounded to a millisecond.
     *
     * @throws IllegalStateException if there are no durations
     */
    public long percentile(int percent) {
        if (total <= 0) {
            throw new IllegalStateException("no durations");
        }
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return valueOf(buckets[i]);
            }
        }
        return valueOf(buckets[size - 1]);
    }

    private static int bucketOf(long durationMs) {
        return durationMs <= 0 ? ZERO : (int) Math.ceil(Math.log((double) durationMs) / LOG_GAMMA);
    }

    private static long valueOf(int bucket) {
        return bucket == ZERO ? 0 : Math.round(2 * Math.pow(GAMMA, bucket) / (GAMMA + 1));
    }

    private void addToBucket(int bucket, long count) {
        total += count;
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            at = -at - 1;
            if (size == buckets.length) {
                buckets = Arrays.copyOf(buckets, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
            }
            System.arraycopy(buckets, at, buckets, at + 1, size - at);
            System.arraycopy(counts, at, counts, at + 1, size - at);
            buckets[at] = bucket;
            counts[at] = 0;
            size++;
        }
        counts[at] += count;
        if (counts[at] == 0) {
            System.arraycopy(buckets, at + 1, buckets, at, size - at - 1);
            System.arraycopy(counts, at + 1, counts, at, size - at - 1);
            size--;
        }
    }

    void write(StateOutput out) {
        out.array(size);
        for (int i = 0; i < size; i++) {
            out.item();
            out.number(buckets[i]);
            out.number(counts[i]);
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
