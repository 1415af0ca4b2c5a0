/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;

/**
 * An entry in the audit log.
 *
 * @param agentId the agent of its session or command; empty for a session's command
 * @param bytes about how many bytes it takes
 */
public record AuditHit(Position position, String agentId, AuditEntry entry, int bytes) implements Positioned {

    /**
     * An entry's position.
     *
     * @param time when it was, epoch milliseconds
     * @param sessionId its session's id; empty for a command, behind a slash the agent's for an event without a session
     * @param id tells it from others of the same time and session
     */
    static Position positionOf(long time, String sessionId, long id) {
        return new Position(time, sessionId, PageToken.sortable(id));
    }
}
