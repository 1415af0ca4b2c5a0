/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A session's lines that follow each other.
 *
 * @param session its id
 * @param subagent the subagent's; empty for the session's own lines
 */
record Strand(String session, String subagent) {

    static Strand of(ObjectNode line) {
        return new Strand(line.path("sessionId").asText(), line.path("agentId").asText());
    }
}
