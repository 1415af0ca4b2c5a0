/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What the indexes of all tasks of an instance share: how many bytes they may take together, and the numbers of agents. */
public final class IndexMemory {

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, SharedNames> agents = new HashMap<>();

    /** The agents of an account, and how many indexes have them. */
    private static final class SharedNames {
        final NameDictionary names;
        int users;

        SharedNames(NameDictionary names) {
            this.names = names;
        }
    }

    /** At most so many bytes. */
    public IndexMemory(long bytes) {
        this.bytes = bytes;
    }

    /** The numbers of an account's agents, for one more index: {@link #leave} when it is no longer used. */
    synchronized NameDictionary join(String account) {
        SharedNames shared =
                agents.computeIfAbsent(account, first -> new SharedNames(new NameDictionary(taken::addAndGet)));
        shared.users++;
        return shared.names;
    }

    /** An index no longer has agents: with the last one they are forgotten. */
    synchronized void leave(String account) {
        SharedNames shared = agents.get(account);
        if (shared != null && --shared.users == 0) {
            agents.remove(account);
            shared.names.close();
        }
    }

    /**
     * Takes some bytes, or with a negative number gives them back. Names take theirs without asking, so that others find no room.
     *
     * @return whether they are kept; if not, nothing was taken
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
