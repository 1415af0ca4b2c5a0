/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.SessionAggregate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The index of a task's sessions, by account. An account that would exceed the budget is given up, until the task starts anew: its
 * sessions are then looked at one by one.
 */
public final class SessionIndex {

    private static final Logger LOG = LoggerFactory.getLogger(SessionIndex.class);

    private final IndexMemory memory;
    /** By account; empty for one that was given up. */
    private final Map<String, Optional<AccountIndex>> accounts = new ConcurrentHashMap<>();

    /** Of an account without sessions. */
    private final AccountIndex none = new AccountIndex(new IndexMemory(0), "");

    private volatile boolean isClosed;

    /** An index without sessions. */
    public SessionIndex(IndexMemory memory) {
        this.memory = memory;
    }

    /**
     * A session is as its figures say.
     *
     * @param session its figures; one without events is left out
     * @param isWritten whether its row says so too
     */
    public void put(SessionAggregate session, boolean isWritten) {
        if (session.figures().events() > 0) {
            change(session.account(), index -> index.put(new AggregateSummary(session), isWritten));
        }
    }

    /** A session is gone. */
    public void remove(String account, String sessionId) {
        accounts.getOrDefault(account, Optional.empty()).ifPresent(index -> index.remove(sessionId));
    }

    /** What is known of an agent, as its row says. */
    public void putAgent(String account, String agentId, AgentRecord known) {
        change(account, index -> index.putAgent(agentId, known));
    }

    private interface Change {
        /** Makes it; says whether there was room. */
        boolean to(AccountIndex index);
    }

    private void change(String account, Change change) {
        accounts.computeIfAbsent(account, of -> Optional.of(new AccountIndex(memory, of)))
                .ifPresent(index -> change(account, index, change));
    }

    private void change(String account, AccountIndex index, Change change) {
        boolean hasRoom = change.to(index);
        if (isClosed) {
            index.release();
        } else if (!hasRoom && accounts.replace(account, Optional.of(index), Optional.empty())) {
            index.release();
            LOG.warn(
                    "The index of {} sessions of the account «{}» would not fit in what MUSTER_INDEX_MEMORY_MIB allows:"
                            + " until the next start their rows are read one by one, and lists take longer.",
                    index.size(),
                    account);
        }
    }

    /** The index of an account's sessions; empty if it was given up. */
    public Optional<AccountIndex> of(String account) {
        Optional<AccountIndex> index = accounts.get(account);
        return index == null ? Optional.of(none) : index;
    }

    /** Whether it is closed: what it said before was right, and what it says now may not be. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Gives its bytes back; whoever looks at it just now may do so to the end. */
    public void close() {
        isClosed = true;
        accounts.values().forEach(index -> index.ifPresent(AccountIndex::release));
    }
}
