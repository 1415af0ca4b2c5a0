/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the indexes of all tasks of an instance share: how many bytes they may take together, and the numbers of agents. */
public final class IndexMemory {

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();
    /** By account. They stay while the instance does, for a task that moves here finds them again. */
    private final Map<String, NameDictionary> agents = new ConcurrentHashMap<>();

    /** At most so many bytes. */
    public IndexMemory(long bytes) {
        this.bytes = bytes;
    }

    /** The numbers of an account's agents. */
    NameDictionary agents(String account) {
        return agents.computeIfAbsent(account, first -> new NameDictionary());
    }

    /**
     * Takes some bytes, or with a negative number gives them back.
     *
     * @return whether they are kept; if not, nothing was taken
     */
    boolean take(long more) {
        long ofNames = ofNames();
        long before;
        do {
            before = taken.get();
            if (more > 0 && before + more + ofNames > bytes) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + more));
        return true;
    }

    private long ofNames() {
        long sum = 0;
        for (NameDictionary names : agents.values()) {
            sum += names.weight();
        }
        return sum;
    }

    /** How many bytes are taken. */
    public long taken() {
        return taken.get() + ofNames();
    }
}
