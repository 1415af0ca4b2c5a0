/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.index.AccountIndex;
import dev.muster.streams.index.SessionIndex;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.errors.InvalidStateStoreException;

/**
 * The index of a task's sessions, and which live ones have changed since it was told of them. Who asks has it told of these first:
 * so an event costs a look at a flag, and a session that many events change is summed up once.
 *
 * <p>The stream thread says what has changed; any thread may ask. What a session is goes into the index under the session's lock.
 */
final class IndexedSessions {

    final SessionIndex index;
    /** By account. */
    private final Map<String, Changed> changed = new ConcurrentHashMap<>();

    /** An account's sessions that have changed; its lock is held by who tells the index of them. */
    private static final class Changed {
        final Set<LiveSession> sessions = ConcurrentHashMap.newKeySet();
    }

    IndexedSessions(SessionIndex index) {
        this.index = index;
    }

    /** A live session has taken something in. */
    void changed(LiveSession session) {
        if (!session.isChanged) {
            session.isChanged = true;
            changed.computeIfAbsent(session.key.account(), first -> new Changed())
                    .sessions
                    .add(session);
        }
    }

    /** The index is told of a live session, or it is gone. */
    void settled(LiveSession session) {
        Changed of = changed.get(session.key.account());
        if (of != null) {
            of.sessions.remove(session);
        }
        session.isChanged = false;
    }

    /**
     * The index of an account's sessions as they are now; empty if there is none.
     *
     * @throws InvalidStateStoreException if the task has ended
     */
    Optional<AccountIndex> of(String account, CountListener listener) {
        Changed of = changed.get(account);
        if (of != null) {
            tell(of, listener);
        }
        Optional<AccountIndex> found = index.of(account);
        if (index.isClosed()) {
            throw new InvalidStateStoreException("the task of these sessions has ended");
        }
        return found;
    }

    private void tell(Changed of, CountListener listener) {
        // One reader at a time, or another would find the index without what this one is about to tell it.
        synchronized (of) {
            Iterator<LiveSession> sessions = of.sessions.iterator();
            while (sessions.hasNext()) {
                LiveSession session = sessions.next();
                sessions.remove();
                // Before it is looked at: what it takes in from now on is another change.
                session.isChanged = false;
                try {
                    session.summarize(listener, index);
                } catch (RuntimeException e) {
                    changed(session);
                    throw e;
                }
            }
        }
    }
}
