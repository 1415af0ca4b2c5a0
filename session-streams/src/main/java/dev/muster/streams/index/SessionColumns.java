/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.FactMarks;
import java.util.Arrays;

/** Some rows of an index, a column an array: what lists look at of every session, so that looking goes through memory in order. */
final class SessionColumns {

    /** So many rows at most. */
    static final int MAX_ROWS = 1024;
    /** An account with few sessions takes little. */
    static final int FIRST_ROWS = 16;

    private static final int DIMENSIONS = Dimension.values().length;

    /**
     * What a row takes beside its packed bytes: twelve long numbers, four short ones and its values of dimensions, its flags, the marks
     * of its facts, and where its bytes are.
     */
    private static final int ROW_BYTES =
            (12 + FactMarks.WORDS) * Long.BYTES + (4 + DIMENSIONS) * Integer.BYTES + 1 + Long.BYTES;

    /** No start day. */
    static final int NO_DAY = Integer.MIN_VALUE;

    static final byte FREE = 0;
    static final byte IS_THERE = 1;
    static final byte IS_ERRORED = 2;
    static final byte IS_OF_AGENT = 4;

    byte[] flags;
    long[] first;
    long[] last;
    long[] picoUsd;
    long[] tokens;
    long[] errors;
    long[] p95;
    long[] latestTraceStart;
    long[] activeUntil;
    long[] titleSignature;
    long[] modelBits;
    long[] toolBits;
    long[] idPrefix;
    /** Of {@link FactMarks#WORDS} numbers each. */
    long[] marks;

    int[] idHash;
    int[] agent;
    int[] traces;
    /** The epoch day, or {@link #NO_DAY}. */
    int[] startDay;

    /** By dimension and row one more than the number of its value; 0 where it has none. */
    int[][] dimensions = new int[DIMENSIONS][];

    byte[][] packed;

    SessionColumns(int rows) {
        flags = new byte[rows];
        first = new long[rows];
        last = new long[rows];
        picoUsd = new long[rows];
        tokens = new long[rows];
        errors = new long[rows];
        p95 = new long[rows];
        latestTraceStart = new long[rows];
        activeUntil = new long[rows];
        titleSignature = new long[rows];
        modelBits = new long[rows];
        toolBits = new long[rows];
        idPrefix = new long[rows];
        marks = new long[rows * FactMarks.WORDS];
        idHash = new int[rows];
        agent = new int[rows];
        traces = new int[rows];
        startDay = new int[rows];
        Arrays.setAll(dimensions, dimension -> new int[rows]);
        packed = new byte[rows][];
    }

    int rows() {
        return flags.length;
    }

    /** What so many rows take. */
    static long weight(int rows) {
        return (long) rows * ROW_BYTES;
    }

    void grow(int rows) {
        flags = Arrays.copyOf(flags, rows);
        first = Arrays.copyOf(first, rows);
        last = Arrays.copyOf(last, rows);
        picoUsd = Arrays.copyOf(picoUsd, rows);
        tokens = Arrays.copyOf(tokens, rows);
        errors = Arrays.copyOf(errors, rows);
        p95 = Arrays.copyOf(p95, rows);
        latestTraceStart = Arrays.copyOf(latestTraceStart, rows);
        activeUntil = Arrays.copyOf(activeUntil, rows);
        titleSignature = Arrays.copyOf(titleSignature, rows);
        modelBits = Arrays.copyOf(modelBits, rows);
        toolBits = Arrays.copyOf(toolBits, rows);
        idPrefix = Arrays.copyOf(idPrefix, rows);
        marks = Arrays.copyOf(marks, rows * FactMarks.WORDS);
        idHash = Arrays.copyOf(idHash, rows);
        agent = Arrays.copyOf(agent, rows);
        traces = Arrays.copyOf(traces, rows);
        startDay = Arrays.copyOf(startDay, rows);
        Arrays.setAll(dimensions, dimension -> Arrays.copyOf(dimensions[dimension], rows));
        packed = Arrays.copyOf(packed, rows);
    }
}
