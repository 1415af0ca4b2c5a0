/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.SessionCommand;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AuditEntry;
import org.jspecify.annotations.Nullable;

/** Entries of the audit log: events with where they belong, and commands. Each has a {@code timestamp} and a {@code type}. */
public final class AuditJson {

    private final AgentControls controls;

    /** Shows agents by the names that they were given. */
    public AuditJson(AgentControls controls) {
        this.controls = controls;
    }

    /** The entry's document. */
    public ObjectNode of(AuditEntry entry) {
        if (entry instanceof AuditEntry.Fact fact) {
            return event(fact);
        }
        return entry instanceof AuditEntry.OfAgent agent
                ? command(agent.command())
                : command(((AuditEntry.OfSession) entry).command());
    }

    private ObjectNode event(AuditEntry.Fact fact) {
        HookEvent event = fact.event().event();
        return EventJson.of(fact.event())
                .put("agentName", name(event.getAccount(), event.getAgentId(), event.getAgentLabel()))
                .put("sessionId", event.getSessionId());
    }

    private ObjectNode command(AgentCommand command) {
        return new Fields()
                .put("timestamp", Times.iso(command.getAt()))
                .put("type", "command")
                .put("command", command.getKind())
                .put("agentId", command.getAgentId())
                .put("agentName", name(command.getAccount(), command.getAgentId(), command.getAgentName()))
                .put("displayName", command.getName())
                .put("by", command.getBy())
                .put("reason", command.getReason())
                .build();
    }

    private ObjectNode command(SessionCommand command) {
        return new Fields()
                .put("timestamp", Times.iso(command.getAt()))
                .put("type", "command")
                .put("command", command.getKind())
                .put("agentId", command.getAgentId())
                .put("agentName", agentName(command))
                .put("sessionId", command.getSessionId())
                .put("by", command.getBy())
                .put("reason", command.getReason())
                .build();
    }

    private @Nullable String agentName(SessionCommand command) {
        String agentId = command.getAgentId();
        return agentId == null ? null : name(command.getAccount(), agentId, command.getAgentName());
    }

    private @Nullable String name(String account, String agentId, @Nullable String label) {
        return controls.of(account, agentId).name().orElse(label);
    }
}
