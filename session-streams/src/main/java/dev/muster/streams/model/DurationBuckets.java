/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Arrays;

/**
 * Buckets of durations in whole milliseconds, each shown as one duration that is within 1 % of all in it, exactly and also
 * in whole milliseconds. They are as wide as that allows, so below 99 ms each duration has a bucket of its own, and each has
 * about 2 % more than the one before later on: DDSketch's idea, in integers.
 *
 * @see <a href="https://arxiv.org/abs/1908.10693">DDSketch, Masson et al. 2019</a>
 */
final class DurationBuckets {

    /** One of so many. */
    private static final long ERROR = 100;

    /** The first duration of each. What is in the last one, some millions of years, is shown as its first. */
    private static final long[] STARTS = starts();

    /** The buckets of short durations, which nearly all are: looking in a table is cheaper than searching. */
    private static final short[] SHORT = new short[4096];

    static {
        for (int durationMs = 0; durationMs < SHORT.length; durationMs++) {
            SHORT[durationMs] = (short) searched(durationMs);
        }
    }

    private DurationBuckets() {}

    private static long[] starts() {
        long[] starts = new long[2048];
        int count = 1;
        while (starts[count - 1] < Long.MAX_VALUE / ERROR / 2) {
            // The longest whose hundredth is no shorter than its way from what the bucket is shown as.
            starts[count] = ERROR * shownAs(starts[count - 1]) / (ERROR - 1) + 1;
            count++;
        }
        return Arrays.copyOf(starts, count);
    }

    /** The longest duration that is within 1 % of a bucket's first. */
    private static long shownAs(long start) {
        return start + start / ERROR;
    }

    /** The bucket of a duration; one below 0 counts as 0. */
    static int of(long durationMs) {
        return durationMs >= 0 && durationMs < SHORT.length ? SHORT[(int) durationMs] : searched(durationMs);
    }

    private static int searched(long durationMs) {
        int found = Arrays.binarySearch(STARTS, Math.max(0, durationMs));
        return found >= 0 ? found : -found - 2;
    }

    /** What a bucket is shown as, milliseconds. */
    static long durationOf(int bucket) {
        return shownAs(STARTS[bucket]);
    }
}
