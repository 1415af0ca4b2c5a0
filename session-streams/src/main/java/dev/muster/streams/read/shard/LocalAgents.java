/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.AgentRecord.Span;
import java.util.ArrayList;
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

    /** From a first event to a last, over an agent's sessions as they are looked at. */
    private static final class Seen {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long sessions;

        void add(SessionSummary session) {
            first = Math.min(first, session.first());
            last = Math.max(last, session.last());
            sessions += session.isOfAgent() ? 0 : 1;
        }

        AgentHit hit() {
            return AgentHit.seen(new Span(first, last), sessions);
        }
    }

    /** All of them, by the agents' numbers. */
    private static final class SeenAgents {
        private final AgentNumbers numbers = new AgentNumbers();
        private final List<Seen> seen = new ArrayList<>();

        void add(SessionSummary session) {
            int number = numbers.of(session);
            while (number >= seen.size()) {
                seen.add(new Seen());
            }
            seen.get(number).add(session);
        }

        Map<String, AgentHit> hits() {
            Map<String, AgentHit> hits = new HashMap<>();
            for (int number = 0; number < seen.size(); number++) {
                hits.put(numbers.id(number), seen.get(number).hit());
            }
            return hits;
        }
    }

    AgentHits agents(List<PartitionStores> hosted, AgentQuery query) {
        SeenAgents seen = new SeenAgents();
        Map<String, AgentRecord> known = new HashMap<>();
        Optional<String> wanted = query.agentId();
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            if (query.withSessions()) {
                seen.numbers.nextPartition();
                sessions.forEach(session -> {
                    if (wanted.isEmpty() || wanted.get().equals(session.agentId())) {
                        seen.add(session);
                    }
                });
            }
            sessions.eachAgent((id, agent) -> {
                if (wanted.isEmpty() || wanted.get().equals(id)) {
                    known.merge(id, agent, AgentRecord::with);
                }
            });
        }
        Map<String, AgentHit> agents = seen.hits();
        known.forEach((id, agent) -> agents.merge(id, AgentHit.known(agent), AgentHit::and));
        if (!query.withDeleted()) {
            agents.keySet().removeAll(controls.deleted(query.account()));
        }
        return new AgentHits(agents, Coverage.of(hosted));
    }
}
