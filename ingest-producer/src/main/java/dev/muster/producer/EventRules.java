/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;

/** What the topology would send to the dead letters, told to the one who can mend it. */
final class EventRules {

    private EventRules() {}

    /**
     * The key of an event's record.
     *
     * @throws IllegalArgumentException if the event breaks a rule
     */
    static RecordKey key(HookEvent event) {
        require(event.getId() != null && !event.getId().isEmpty(), "id", "must not be empty; FactId makes it");
        require(
                event.getAccount() != null && RecordKey.isAccount(event.getAccount()),
                "account",
                "must be [a-z0-9-]{1,64}");
        require(
                event.getAgentId() != null && AgentId.isId(event.getAgentId()),
                "agentId",
                "must be c and 24 letters or digits; AgentId makes it");
        require(
                event.getAgentLabel() != null && event.getAgentLabelRank() != null,
                "agentLabel and agentLabelRank",
                "must be set");
        require(
                event.getKind() != null && event.getSource() != null && event.getType() != null,
                "kind, source and type",
                "must be set");
        require(event.getTimestamp() > 0, "timestamp", "must be epoch milliseconds, the end of what lasted");
        String session = event.getSessionId();
        require(
                session == null || (!session.isEmpty() && session.length() <= RecordKey.MAX_SESSION_ID),
                "sessionId",
                "must have 1 to " + RecordKey.MAX_SESSION_ID + " characters, or be null");
        return RecordKey.of(event);
    }

    private static void require(boolean holds, String field, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("The event's " + field + " " + rule + ".");
        }
    }
}
