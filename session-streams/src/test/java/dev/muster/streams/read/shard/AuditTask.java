/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.gather.Budgets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task, and beside it what its audit log should be. */
final class AuditTask extends PartitionTask {

    final AgentControls controls = new AgentControls();
    /** When each fact was, by its session and id. */
    final Map<Line, Long> expected = new HashMap<>();

    /** A fact, by its session and id. */
    record Line(@Nullable String session, String id) {}

    AuditTask() {
        this(64 << 20);
    }

    /** With so many bytes for the index of its sessions. */
    AuditTask(long indexBytes) {
        super(0, Duration.ofSeconds(3), indexBytes);
    }

    /** A fact, told by a hook, of a session, or of none; so long ago. */
    void tell(@Nullable String session, String id, long ago) {
        tell(Sessions.event(FactId.dedupKey(id), FactKind.OTHER, clock() - ago - Sessions.T)
                .setSessionId(session)
                .build());
    }

    /** A fact that a hook has told just now. */
    void tell(HookEvent event) {
        // Of copies that are equal but for that, the earlier time holds.
        expected.merge(new Line(event.getSessionId(), event.getId()), event.getTimestamp(), Math::min);
        append(event, event.getReceivedAt());
    }

    Page<AuditEntry> log(AuditFilter filter, int budget, int limit, Optional<String> cursor) {
        Partitions partition = new OnePartition(() -> read(false));
        return InstanceReader.accounts(partition, controls, () -> Sessions.NOW, new Budgets(budget, 2))
                .audit("local", filter, limit, cursor);
    }
}
