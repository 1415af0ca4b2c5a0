/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.page.ListOrder;
import java.util.Comparator;

/**
 * A scan of the audit log among others, and the entry that it has reached.
 *
 * @param hit the entry
 * @param scan goes on behind it
 */
record ScanHead(AuditHit hit, EntryScan scan) {

    /** Whose entry is the newest comes first. */
    static final Comparator<ScanHead> ORDER = Comparator.comparing(head -> head.hit.position(), ListOrder.DESCENDING);
}
