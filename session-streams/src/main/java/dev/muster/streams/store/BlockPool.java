/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Blocks of memory that are used again and again: what waits for some seconds would otherwise be garbage that has grown old,
 * the most expensive kind. Belongs to one task's thread.
 */
final class BlockPool {

    static final int BLOCK_BYTES = 512;

    private final Deque<byte[]> free = new ArrayDeque<>();
    private final int max;

    /** Keeps at most so many bytes of blocks that nobody uses. */
    BlockPool(long bytes) {
        max = (int) Math.min(Integer.MAX_VALUE, bytes / BLOCK_BYTES);
    }

    byte[] take() {
        byte[] block = free.pollLast();
        return block == null ? new byte[BLOCK_BYTES] : block;
    }

    void giveBack(byte[] block) {
        if (free.size() < max) {
            free.addLast(block);
        }
    }
}
