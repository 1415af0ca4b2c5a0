/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import java.util.concurrent.Semaphore;

/** What one body takes of the bound that all bodies have together, a block at a time, until it is closed. */
final class BodyLease implements AutoCloseable {

    /** How many bytes a block has. */
    static final int BLOCK = 16 * 1024;

    private final Semaphore free;
    private int held;
    private boolean closed;

    /**
     * A share that has nothing yet.
     *
     * @param free the blocks that nobody holds
     */
    BodyLease(Semaphore free) {
        this.free = free;
    }

    /** How many bytes may be held. */
    synchronized int bytes() {
        return held * BLOCK;
    }

    /** Takes one block more; false when none is free, or the share was closed. */
    synchronized boolean grow() {
        if (closed || !free.tryAcquire()) {
            return false;
        }
        held++;
        return true;
    }

    /** Gives back what it has, and takes no more. */
    @Override
    public synchronized void close() {
        free.release(held);
        held = 0;
        closed = true;
    }
}
