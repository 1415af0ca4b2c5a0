/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes the indexes of all tasks may take together. */
public final class IndexBudget {

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    /** A budget of so many bytes. */
    public IndexBudget(long bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes some of it, or with a negative number gives it back.
     *
     * @return whether it is kept; if not, nothing was taken
     */
    boolean take(long more) {
        long before;
        do {
            before = taken.get();
            if (more > 0 && before + more > bytes) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + more));
        return true;
    }

    /** How many bytes are taken. */
    public long taken() {
        return taken.get();
    }
}
