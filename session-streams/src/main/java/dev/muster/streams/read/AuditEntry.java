/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.SessionCommand;
import java.time.Instant;

/** An entry of the audit log: what an agent did, or what somebody wanted of it. */
public sealed interface AuditEntry {

    /** When it happened. */
    Instant at();

    /** Something that an agent did. */
    record Fact(EventView event) implements AuditEntry {
        @Override
        public Instant at() {
            return Instant.ofEpochMilli(event.event().getTimestamp());
        }
    }

    /** Something that somebody wanted of an agent. */
    record OfAgent(AgentCommand command) implements AuditEntry {
        @Override
        public Instant at() {
            return Instant.ofEpochMilli(command.getAt());
        }
    }

    /** Something that somebody wanted of a session. */
    record OfSession(SessionCommand command) implements AuditEntry {
        @Override
        public Instant at() {
            return Instant.ofEpochMilli(command.getAt());
        }
    }
}
