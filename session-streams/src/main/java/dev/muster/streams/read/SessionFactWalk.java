/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.NoSuchElementException;

/** Walks one session's facts from a time back. */
final class SessionFactWalk implements AuditWalk {

    private static final int AT_ONCE = 64;

    private final SessionSnapshot session;
    private final String sessionId;
    private final FactsBackwards facts;

    SessionFactWalk(SessionSnapshot session, String sessionId, long newest) {
        this.session = session;
        this.sessionId = sessionId;
        facts = new FactsBackwards(session, newest, Long.MIN_VALUE, AT_ONCE);
    }

    @Override
    public boolean hasNext() {
        return facts.peek().isPresent();
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the session is at its beginning");
        }
        return FactWalk.found(session, sessionId, facts.take());
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}
