/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.Fence;
import dev.muster.streams.model.StoredFact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;

/** Walks one session's facts from a time back, some chunks at a time. */
final class SessionFactWalk implements AuditWalk {

    private static final int AT_ONCE = 256;

    private final SessionSnapshot session;
    private final String sessionId;
    private final Deque<Found> ready = new ArrayDeque<>();
    /** Facts before it are yet to come. */
    private Fence before;

    private boolean isAtEnd;

    SessionFactWalk(SessionSnapshot session, String sessionId, long newest) {
        this.session = session;
        this.sessionId = sessionId;
        before = newest == Long.MAX_VALUE ? new Fence(Long.MAX_VALUE, -1) : Fence.at(newest + 1);
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !isAtEnd) {
            read();
        }
        return !ready.isEmpty();
    }

    private void read() {
        List<StoredFact> facts = new ArrayList<>(session.factsBefore(before, AT_ONCE));
        if (facts.isEmpty()) {
            isAtEnd = true;
            return;
        }
        // Those of one time come together, for the log has an order of its own among them.
        long last = facts.get(facts.size() - 1).place().time();
        facts.removeIf(fact -> fact.place().time() == last);
        facts.addAll(session.facts(Fence.at(last), last, any -> true, Integer.MAX_VALUE));
        before = Fence.at(last);
        facts.stream()
                .map(fact -> FactWalk.found(session, sessionId, fact))
                .sorted(Comparator.comparing(Found::place, AuditPlace.ORDER))
                .forEach(ready::add);
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the session is at its beginning");
        }
        return ready.remove();
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}
