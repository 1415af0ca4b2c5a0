/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

/**
 * Steps over Avro's binary encoding: zigzag numbers of variable length, and what is measured by them. Each step takes the
 * place of a value and gives that behind it, or refuses what no writer makes.
 */
final class AvroWalk {

    private static final int MORE = 0x80;
    private static final int PAYLOAD = 0x7F;
    private static final int MAX_NUMBER_BYTES = 10;
    private static final int SECOND_BRANCH = 2;

    private AvroWalk() {}

    /** Whether the union of null and something that stands there has something; it takes one byte. */
    static boolean isPresent(byte[] bytes, int at, int end) throws MalformedRecordException {
        if (at >= end) {
            throw malformed("the body ends before a field");
        }
        byte branch = bytes[at];
        if (branch != 0 && branch != SECOND_BRANCH) {
            throw malformed("a union of two has no branch " + branch);
        }
        return branch != 0;
    }

    static int afterNumber(byte[] bytes, int at, int end) throws MalformedRecordException {
        // Most numbers take one byte.
        if (at < end && bytes[at] >= 0) {
            return at + 1;
        }
        int stop = Math.min(end, at + MAX_NUMBER_BYTES);
        for (int here = at; here < stop; here++) {
            if (bytes[here] >= 0) {
                return here + 1;
            }
        }
        throw malformed(stop == end ? "it ends within a number" : "a number is too long");
    }

    static int afterText(byte[] bytes, int at, int end) throws MalformedRecordException {
        int start = afterNumber(bytes, at, end);
        long length = number(bytes, at);
        if (length < 0) {
            throw malformed("a text has a negative length");
        }
        return afterBytes(start, length, end);
    }

    /** Behind a symbol of an enum, which takes one byte. */
    static int afterSymbol(byte[] bytes, int at, int end, int symbols) throws MalformedRecordException {
        if (at >= end) {
            throw malformed("it ends before an enum");
        }
        byte symbol = bytes[at];
        if (symbol < 0 || (symbol & 1) != 0 || symbol >>> 1 >= symbols) {
            throw malformed("an enum has no symbol of that number");
        }
        return at + 1;
    }

    static int afterBytes(int at, long count, int end) throws MalformedRecordException {
        if (count > end - at) {
            throw malformed("it ends within a field");
        }
        return at + (int) count;
    }

    /** The number at a place that was stepped over. */
    static long number(byte[] bytes, int at) {
        byte b = bytes[at];
        if (b >= 0) {
            return (long) (b >>> 1) ^ -(b & 1);
        }
        int here = at + 1;
        long raw = b & PAYLOAD;
        for (int shift = 7; (b & MORE) != 0; shift += 7) {
            b = bytes[here++];
            raw |= (long) (b & PAYLOAD) << shift;
        }
        return (raw >>> 1) ^ -(raw & 1);
    }

    /** The place behind a number that was stepped over before. */
    static int afterKnownNumber(byte[] bytes, int at) {
        int here = at;
        while (bytes[here] < 0) {
            here++;
        }
        return here + 1;
    }

    static MalformedRecordException malformed(String what) {
        return new MalformedRecordException("the body does not fit the schema HookEvent: " + what);
    }
}
