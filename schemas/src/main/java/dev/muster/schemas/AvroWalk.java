/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

/** Walks over Avro's binary encoding: zigzag numbers of variable length, and what is measured by them. */
final class AvroWalk {

    private static final int MORE = 0x80;
    private static final int PAYLOAD = 0x7F;
    private static final int MAX_BYTES = 10;
    /** Number 1 as Avro writes it. */
    private static final byte SECOND_BRANCH = 2;

    private byte[] bytes = {};
    private int at;
    private int end;

    void over(byte[] source, int from, int to) {
        bytes = source;
        at = from;
        end = to;
    }

    int at() {
        return at;
    }

    boolean isAtEnd() {
        return at == end;
    }

    /** Steps over the branch of a union of null and something; a branch in more than its one byte is refused. */
    boolean isPresent() throws MalformedRecordException {
        if (at == end) {
            throw malformed("the body ends before a field");
        }
        byte branch = bytes[at++];
        if (branch != 0 && branch != SECOND_BRANCH) {
            throw malformed("a union has no branch " + branch);
        }
        return branch != 0;
    }

    /** Steps over a number. */
    long next() throws MalformedRecordException {
        int start = at;
        int stop = Math.min(end, start + MAX_BYTES);
        int here = start;
        while (here < stop) {
            if (bytes[here++] >= 0) {
                at = here;
                return longAt(start);
            }
        }
        throw malformed(
                stop == end ? "the body ends within a number" : "a number has more than " + MAX_BYTES + " bytes");
    }

    /** Steps over an enum's symbol; one in more than its one byte is refused. */
    void skipSymbol(int symbols) throws MalformedRecordException {
        int start = at;
        long symbol = next();
        if (symbol < 0 || symbol >= symbols || at - start > 1) {
            throw malformed("an enum has no symbol " + symbol);
        }
    }

    /** Steps over a text. */
    void skipText() throws MalformedRecordException {
        long length = next();
        if (length < 0) {
            throw malformed("a text has a negative length");
        }
        skip(length);
    }

    /** Steps over so many bytes. */
    void skip(long count) throws MalformedRecordException {
        if (count > end - at) {
            throw malformed("the body ends within a field");
        }
        at += (int) count;
    }

    /** The number at a place that was walked over. */
    long longAt(int place) {
        int here = place;
        byte b = bytes[here++];
        long raw = b & PAYLOAD;
        for (int shift = 7; (b & MORE) != 0; shift += 7) {
            b = bytes[here++];
            raw |= (long) (b & PAYLOAD) << shift;
        }
        return raw >>> 1 ^ -(raw & 1);
    }

    /** The place behind a number that was walked over. */
    int afterLong(int place) {
        int here = place;
        while (bytes[here++] < 0) {
            // To the byte that ends it.
        }
        return here;
    }

    static MalformedRecordException malformed(String what) {
        return new MalformedRecordException("the body does not fit the schema HookEvent: " + what);
    }
}
