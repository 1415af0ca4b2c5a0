/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.shard.AgentHit;
import dev.muster.streams.read.shard.AgentQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names agents for one answer. A session whose events carry its agent's id alone shows the label that others know the id by: all
 * shards are asked, once for an agent.
 */
final class KnownAgentNames implements AgentNames {

    private final Shards shards;
    private final Map<String, String> found = new HashMap<>();

    KnownAgentNames(Shards shards) {
        this.shards = shards;
    }

    @Override
    public String of(SessionAggregate session, AgentControl agent) {
        return agent.name().orElseGet(() -> label(session));
    }

    private String label(SessionAggregate session) {
        String label = session.label();
        return label.equals(session.agentId()) && AgentId.isId(label)
                ? found.computeIfAbsent(label, id -> known(session.account(), id))
                : label;
    }

    private String known(String account, String id) {
        try {
            AgentQuery query = new AgentQuery(account, Optional.of(id), true, false);
            return shards.agents(shard -> shard.agents(query))
                    .agents()
                    .getOrDefault(id, AgentHit.UNKNOWN)
                    .name(id, AgentControl.NONE);
        } catch (NotReadyException e) {
            // Whoever is not there may know it; the session itself is told all the same.
            return id;
        }
    }
}
