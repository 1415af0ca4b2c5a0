/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import java.util.Arrays;

/**
 * The events of a session that have been taken in and not yet been counted, as bytes in blocks of a pool. The session's thread
 * adds and releases; whoever holds the session's lock may read and forget them.
 */
final class PendingEvents {

    private static final byte[][] NONE = {};
    private static final byte[] NO_BLOCK = {};
    private static final int FIRST_BLOCKS = 4;
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;
    private static final int OVERHEAD_BYTES = 24;

    private byte[][] blocks = NONE;
    private int held;
    private int size;
    private int count;

    /** Takes an event. */
    interface Reader {
        /**
         * Takes one.
         *
         * @param event valid until the next one
         * @param appendTime when its record was appended, epoch milliseconds
         */
        void read(EventBody event, long appendTime);
    }

    int count() {
        return count;
    }

    /** About how many bytes of memory they take. */
    int weight() {
        return held * (BlockPool.BLOCK_BYTES + OVERHEAD_BYTES) + blocks.length * Integer.BYTES;
    }

    void add(EventBody event, long appendTime, BlockPool pool) {
        int length = event.length();
        reserve(HEADER_BYTES + length, pool);
        putNumber(appendTime, Long.BYTES);
        putNumber(length, Integer.BYTES);
        put(event.bytes(), event.start(), length);
        count++;
    }

    private void reserve(int bytes, BlockPool pool) {
        int wanted = (size + bytes + BlockPool.BLOCK_BYTES - 1) / BlockPool.BLOCK_BYTES;
        if (wanted > blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(Math.max(wanted, FIRST_BLOCKS), blocks.length * 3 / 2));
        }
        while (held < wanted) {
            blocks[held++] = pool.take();
        }
    }

    private void putNumber(long value, int bytes) {
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            blocks[size / BlockPool.BLOCK_BYTES][size % BlockPool.BLOCK_BYTES] = (byte) (value >>> shift);
            size++;
        }
    }

    private void put(byte[] source, int from, int length) {
        int done = 0;
        while (done < length) {
            int within = size % BlockPool.BLOCK_BYTES;
            int part = Math.min(length - done, BlockPool.BLOCK_BYTES - within);
            System.arraycopy(source, from + done, blocks[size / BlockPool.BLOCK_BYTES], within, part);
            size += part;
            done += part;
        }
    }

    /** Shows all, in the order they came. */
    void each(Reader reader) {
        EventBody event = new EventBody();
        byte[] space = {};
        int at = 0;
        while (at < size) {
            long appendTime = number(at, Long.BYTES);
            int length = (int) number(at + Long.BYTES, Integer.BYTES);
            at += HEADER_BYTES;
            space = look(event, at, length, space);
            reader.read(event, appendTime);
            at += length;
        }
    }

    /** Lays the view over an event, in its block or, if it is in several, in a space that is given back for the next one. */
    private byte[] look(EventBody event, int at, int length, byte[] space) {
        int within = at % BlockPool.BLOCK_BYTES;
        boolean isWhole = within + length <= BlockPool.BLOCK_BYTES;
        try {
            if (isWhole) {
                event.over(blocks[at / BlockPool.BLOCK_BYTES], within, length);
                return space;
            }
            byte[] whole = space(space, length);
            join(at, length, whole);
            event.over(whole, 0, length);
            return whole;
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("an event that was taken in can no longer be read", e);
        }
    }

    private static byte[] space(byte[] before, int length) {
        return before.length >= length ? before : new byte[Math.max(length, BlockPool.BLOCK_BYTES)];
    }

    private void join(int at, int length, byte[] whole) {
        int done = 0;
        while (done < length) {
            int within = (at + done) % BlockPool.BLOCK_BYTES;
            int part = Math.min(length - done, BlockPool.BLOCK_BYTES - within);
            System.arraycopy(blocks[(at + done) / BlockPool.BLOCK_BYTES], within, whole, done, part);
            done += part;
        }
    }

    private long number(int at, int bytes) {
        long value = 0;
        for (int i = at; i < at + bytes; i++) {
            value = (value << Byte.SIZE) | (blocks[i / BlockPool.BLOCK_BYTES][i % BlockPool.BLOCK_BYTES] & 0xFF);
        }
        return value;
    }

    /** Forgets all, and keeps the blocks. */
    void forget() {
        size = 0;
        count = 0;
    }

    /** Gives the blocks back, if nothing is in them. */
    void release(BlockPool pool) {
        if (count > 0) {
            return;
        }
        for (int i = 0; i < held; i++) {
            pool.giveBack(blocks[i]);
        }
        Arrays.fill(blocks, 0, held, NO_BLOCK);
        held = 0;
    }
}
