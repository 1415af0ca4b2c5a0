/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.Iterator;

/** Walks some part of the audit log, the newest first; what has gone or moved meanwhile is passed over. */
interface AuditWalk extends Iterator<AuditWalk.Found>, AutoCloseable {

    /**
     * An entry.
     *
     * @param agentId the agent of its session or command
     * @param bytes about how many it takes
     */
    record Found(AuditPlace place, String agentId, AuditEntry entry, int bytes) {}

    @Override
    void close();
}
