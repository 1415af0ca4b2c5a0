/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.Iterator;

/** Scans some part of the audit log, the newest first; what has gone or moved meanwhile is passed over. */
interface EntryScan extends Iterator<AuditHit>, AutoCloseable {

    /** Lets go of what it holds open: nothing, unless it says otherwise. */
    @Override
    default void close() {}
}
