/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.NoSuchElementException;

/** Scans one session's facts from a time back. */
final class SessionFactScan implements EntryScan {

    private final SessionSnapshot session;
    private final String sessionId;
    private final FactsBackwards facts;

    SessionFactScan(SessionSnapshot session, String sessionId, long newest) {
        this.session = session;
        this.sessionId = sessionId;
        facts = new FactsBackwards(session, newest, Long.MIN_VALUE);
    }

    @Override
    public boolean hasNext() {
        return facts.peek().isPresent();
    }

    @Override
    public AuditHit next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the session is at its beginning");
        }
        return FactScan.hit(session, sessionId, facts.remove());
    }
}
