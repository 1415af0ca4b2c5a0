/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.ingest.source.LatestMap;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import java.util.Map;

/**
 * Whose a session is, as far as this collector has seen it: the agent of its best-ranked label, then the earliest. An agent
 * that changes its directory is still the one that was paused, and telemetry, which often names only the session, is
 * the work of the agent whose hooks tell of that session.
 *
 * <p>The sessions that were heard of last are remembered, none over a restart; of one that is not, an event's own agent holds.
 */
final class SessionAgents {

    private static final int MAX_SESSIONS = 10_000;

    private final Map<Session, Owner> owners;

    private record Session(String account, String id) {}

    private record Owner(LabelRank rank, String agentId) {}

    SessionAgents() {
        this(MAX_SESSIONS);
    }

    SessionAgents(int mostSessions) {
        owners = LatestMap.byUse(mostSessions);
    }

    /** The agent whose work an event tells of. One that names its agent tells of that one, whoever its session's is. */
    String agentOf(HookEvent event) {
        if (event.getSessionId() == null) {
            return event.getAgentId();
        }
        Owner told = new Owner(event.getAgentLabelRank(), event.getAgentId());
        Owner owner = owner(new Session(event.getAccount(), event.getSessionId()), told);
        return told.rank() == LabelRank.EXPLICIT ? told.agentId() : owner.agentId();
    }

    private synchronized Owner owner(Session session, Owner told) {
        return owners.merge(session, told, (known, other) -> other.rank().compareTo(known.rank()) < 0 ? other : known);
    }
}
