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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells of an account's agents in the partitions hosted here: what is known of them, and when their sessions were. */
final class LocalAgents {

    private final AgentControls controls;

    LocalAgents(AgentControls controls) {
        this.controls = controls;
    }

    /** What was met of an agent: its sessions' first and last event, and what is known of it. */
    private static final class Met {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long sessions;
        private @Nullable AgentRecord known;

        void add(SessionSummary session) {
            first = Math.min(first, session.first());
            last = Math.max(last, session.last());
            sessions += session.isOfAgent() ? 0 : 1;
        }

        void add(AgentRecord more) {
            known = known == null ? more : known.with(more);
        }

        AgentHit hit() {
            AgentHit hit = known == null ? AgentHit.UNKNOWN : AgentHit.known(known);
            return last < first ? hit : hit.and(AgentHit.seen(new Span(first, last), sessions));
        }
    }

    AgentHits agents(List<PartitionStores> hosted, AgentQuery query) {
        ByAgent<Met> agents = new ByAgent<>(Met::new);
        Predicate<String> isWanted = query.agentId()
                .map(wanted -> (Predicate<String>) wanted::equals)
                .orElse(id -> true);
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            agents.begin(sessions);
            if (query.withSessions()) {
                sessions.forEach(session -> {
                    if (isWanted.test(session.agentId())) {
                        agents.of(session).add(session);
                    }
                });
            }
            sessions.eachAgent((number, id, known) -> {
                if (isWanted.test(id)) {
                    agents.of(number, id).add(known);
                }
            });
        }
        Map<String, AgentHit> hits = new HashMap<>();
        agents.forEach((id, met) -> hits.put(id, met.hit()));
        if (!query.withDeleted()) {
            hits.keySet().removeAll(controls.deleted(query.account()));
        }
        return new AgentHits(hits, Coverage.of(hosted));
    }
}
