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

    /** All that were met, by their numbers. */
    private static final class MetAgents {
        private final AgentNumbers numbers = new AgentNumbers();
        private final List<Met> met = new ArrayList<>();

        Met get(int number) {
            while (number >= met.size()) {
                met.add(new Met());
            }
            return met.get(number);
        }

        Map<String, AgentHit> hits() {
            Map<String, AgentHit> hits = new HashMap<>();
            for (int number = 0; number < met.size(); number++) {
                hits.put(numbers.id(number), met.get(number).hit());
            }
            return hits;
        }
    }

    AgentHits agents(List<PartitionStores> hosted, AgentQuery query) {
        MetAgents agents = new MetAgents();
        Predicate<String> isWanted = query.agentId()
                .map(wanted -> (Predicate<String>) wanted::equals)
                .orElse(id -> true);
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            agents.numbers.begin(sessions);
            if (query.withSessions()) {
                sessions.forEach(session -> {
                    if (isWanted.test(session.agentId())) {
                        agents.get(agents.numbers.of(session)).add(session);
                    }
                });
            }
            sessions.eachAgent((number, id, known) -> {
                if (isWanted.test(id)) {
                    agents.get(agents.numbers.of(number, id)).add(known);
                }
            });
        }
        Map<String, AgentHit> hits = agents.hits();
        if (!query.withDeleted()) {
            hits.keySet().removeAll(controls.deleted(query.account()));
        }
        return new AgentHits(hits, Coverage.of(hosted));
    }
}
