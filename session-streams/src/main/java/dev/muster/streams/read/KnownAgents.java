/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.KnownAgent;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.StoreKeys;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** What is known of an account's agents, and what was commanded of them. */
final class KnownAgents {

    private final String account;
    private final AgentControls controls;
    private final Map<String, KnownAgent> known = new HashMap<>();

    /**
     * Reads them.
     *
     * @param unwritten the live sessions whose rows are not up to date
     */
    KnownAgents(Partitions partitions, AgentControls controls, String account, Collection<SessionFigures> unwritten) {
        this.account = account;
        this.controls = controls;
        Bytes all = DayKey.agentsOf(account);
        for (int partition = 0; partition < partitions.count(); partition++) {
            try (KeyValueIterator<Bytes, byte[]> rows =
                    partitions.at(partition).days().range(all, StoreKeys.behind(all))) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    learn(DayKey.agentOf(all, row.key), KnownAgent.read(row.value));
                }
            }
        }
        unwritten.forEach(session -> learn(session.agentId(), KnownAgent.of(session)));
    }

    private void learn(String agentId, KnownAgent told) {
        known.merge(agentId, told, KnownAgent::with);
    }

    /** What is known of each, by id. */
    Map<String, KnownAgent> all() {
        return known;
    }

    AgentControl control(String agentId) {
        return controls.of(account, agentId);
    }

    /** The name that it was given, else its label; its id where nothing is known of it. */
    String name(String agentId) {
        return control(agentId)
                .name()
                .orElseGet(() -> Optional.ofNullable(known.get(agentId))
                        .map(KnownAgent::label)
                        .orElse(agentId));
    }
}
