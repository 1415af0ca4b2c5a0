/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import java.util.concurrent.Semaphore;

/**
 * Room for what is decoded at a time. A body made of nothing but empty records takes some sixty times its bytes when it
 * is decoded, so bodies that together are larger than a small part of the heap are decoded one after the other. Small ones, as most are, never wait.
 */
final class DecodeBudget {

    private static final int BLOCK = 1024;
    private static final int HEAP_PART = 256;
    private static final int SMALL = 8 * BLOCK;

    private final int blocks;
    private final Semaphore free;

    /** Room for a small part of the heap. */
    DecodeBudget() {
        this(Runtime.getRuntime().maxMemory() / HEAP_PART);
    }

    /** Room for so many bytes. */
    DecodeBudget(long bytes) {
        blocks = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / BLOCK));
        free = new Semaphore(blocks, true);
    }

    /**
     * Waits for room for a body, unless it is small; one that is larger than all there is takes all.
     *
     * @return what was taken, to be given back
     */
    int acquire(int bytes) {
        if (bytes <= SMALL) {
            return 0;
        }
        int taken = Math.min(blocks, bytes / BLOCK + 1);
        free.acquireUninterruptibly(taken);
        return taken;
    }

    /** Gives back what was taken. */
    void giveBack(int taken) {
        free.release(taken);
    }
}
