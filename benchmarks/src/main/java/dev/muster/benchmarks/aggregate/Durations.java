/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.aggregate;

import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;

/**
 * Durations counted in logarithmic buckets: 64 between each power of two and the next, so that a bucket's middle is within
 * 1 % of what is in it. Only buckets in use are kept, in order. Simpler and cheaper than Muster's own, which takes values out
 * again.
 */
final class Durations {

    private static final int SUB_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private int[] buckets;
    private long[] counts;
    private int size;
    private long total;

    Durations() {
        this(8);
    }

    private Durations(int room) {
        buckets = new int[room];
        counts = new long[room];
    }

    void add(long millis) {
        addTo(bucketOf(Math.max(0, millis)), 1);
    }

    void addAll(Durations others) {
        for (int i = 0; i < others.size; i++) {
            addTo(others.buckets[i], others.counts[i]);
        }
    }

    /** The duration that so many percent do not exceed, by nearest rank; 0 when there are none. */
    long percentile(int percent) {
        long rank = (total * percent + 99) / 100;
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middleOf(buckets[i]);
            }
        }
        return 0;
    }

    /** The most bytes that writing takes. */
    int mostBytes() {
        return SumsBytes.MAX_BYTES_A_NUMBER * (1 + 2 * size);
    }

    void write(SumsBytes out) {
        out.number(size);
        int before = 0;
        for (int i = 0; i < size; i++) {
            out.number(buckets[i] - before);
            out.number(counts[i]);
            before = buckets[i];
        }
    }

    static Durations read(BinaryDecoder in) throws IOException {
        int size = (int) in.readLong();
        // Room for the next duration: most reads are for taking one in.
        Durations read = new Durations(size + 4);
        int bucket = 0;
        for (int i = 0; i < size; i++) {
            bucket += (int) in.readLong();
            read.buckets[i] = bucket;
            read.counts[i] = in.readLong();
            read.total += read.counts[i];
        }
        read.size = size;
        return read;
    }

    private void addTo(int bucket, long count) {
        int at = Arrays.binarySearch(buckets, 0, size, bucket);
        if (at < 0) {
            at = -at - 1;
            insert(at, bucket);
        }
        counts[at] += count;
        total += count;
    }

    private void insert(int at, int bucket) {
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

    /** Values below 64 have a bucket each; above, the leading seven bits choose it. */
    private static int bucketOf(long value) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS - 1);
        return shift * SUB_BUCKETS + (int) (value >>> shift);
    }

    private static long middleOf(int bucket) {
        int shift = Math.max(0, bucket / SUB_BUCKETS - 1);
        long lowest = (long) (bucket - shift * SUB_BUCKETS) << shift;
        return lowest + ((1L << shift) - 1) / 2;
    }
}
