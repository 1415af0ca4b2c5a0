/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.AgentRecord.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of an account's agents in the partitions hosted here: what is known of them, and when their sessions were. */
final class LocalAgents {

    private final AgentControls controls;

    LocalAgents(AgentControls controls) {
        this.controls = controls;
    }

    /** From a first event to a last, over sessions as they are looked at. */
    private static final class Seen {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long sessions;

        void add(SessionSummary session) {
            first = Math.min(first, session.first());
            last = Math.max(last, session.last());
            sessions += session.isOfAgent() ? 0 : 1;
        }
    }

    AgentHits agents(List<PartitionStores> hosted, AgentQuery query) {
        Map<String, Seen> seen = new HashMap<>();
        Map<String, AgentRecord> known = new HashMap<>();
        Optional<String> wanted = query.agentId();
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            sessions.forEach(session -> {
                String id = session.agentId();
                if (wanted.isEmpty() || wanted.get().equals(id)) {
                    seen.computeIfAbsent(id, first -> new Seen()).add(session);
                }
            });
            sessions.eachAgent((id, agent) -> {
                if (wanted.isEmpty() || wanted.get().equals(id)) {
                    known.merge(id, agent, AgentRecord::with);
                }
            });
        }
        Map<String, AgentHit> agents = new HashMap<>();
        seen.forEach((id, its) -> agents.put(id, AgentHit.seen(new Span(its.first, its.last), its.sessions)));
        known.forEach((id, agent) -> agents.merge(id, AgentHit.known(agent), AgentHit::and));
        if (!query.withDeleted()) {
            agents.keySet().removeIf(id -> controls.of(query.account(), id).isDeleted());
        }
        return new AgentHits(agents, Coverage.of(hosted));
    }
}
