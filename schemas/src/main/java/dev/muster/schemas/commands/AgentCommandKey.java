/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.commands;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.AgentCommandKind;
import java.util.Locale;

/**
 * The key of an agent's command: {@code <account>//<agentId>/<aspect>}. Each aspect is a row of its own, so that of two people
 * who pause and rename an agent at the same time neither undoes what the other did.
 *
 * @param account the tenant
 * @param agentId the agent
 * @param aspect what the command is about
 */
public record AgentCommandKey(String account, String agentId, Aspect aspect) {

    /** What a command is about; of each aspect the latest command holds. */
    public enum Aspect {
        /** How the agent is called. */
        NAME,
        /** Whether it may go on. */
        PAUSE,
        /** Whether it is there. */
        DELETION;

        /** The aspect of a kind of command. */
        public static Aspect of(AgentCommandKind kind) {
            return switch (kind) {
                case RENAME -> NAME;
                case PAUSE, RESUME -> PAUSE;
                case DELETE, RESTORE -> DELETION;
            };
        }
    }

    /** The key of a command of a kind. */
    public static AgentCommandKey of(String account, String agentId, AgentCommandKind kind) {
        return new AgentCommandKey(account, agentId, Aspect.of(kind));
    }

    /** The record's key. */
    public byte[] toBytes() {
        return (agentKey() + "/" + aspect.name().toLowerCase(Locale.ROOT)).getBytes(UTF_8);
    }

    /** The bytes that decide the partition: those of the key of the agent's own events, so that all aspects share theirs. */
    public byte[] partitionBytes() {
        return agentKey().toBytes();
    }

    private RecordKey agentKey() {
        return RecordKey.ofAgent(account, agentId);
    }
}
