/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.store.LiveSessions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task, and beside it what its list should be. */
final class ListedTask extends PartitionTask {

    private final Map<String, Long> expected = new HashMap<>();
    private int facts;

    /** Starts it with nothing; a session is written when it has been dirty for so long. */
    ListedTask(Duration dirtyFor) {
        super(dirtyFor);
    }

    /** A new event of a session, so long ago. */
    void tell(String session, long ago) {
        HookEvent event = Sessions.event(FactId.dedupKey("k" + facts++), FactKind.OTHER, clock() - ago - Sessions.T)
                .setSessionId(session)
                .build();
        expected.merge(session, event.getTimestamp(), Math::max);
        append(event, event.getReceivedAt());
    }

    /** Deletes what is older than so long, but for what may go up to a minute early. */
    void retain(Duration retention) {
        retain(retention, 1);
        long cutoff = clock() - retention.toMillis();
        expected.entrySet()
                .removeIf(session -> session.getValue() < cutoff
                        || (session.getValue() < cutoff + LiveSessions.LISTED_WITHIN_MS
                                && reader().session("local", session.getKey()).isEmpty()));
    }

    /** The sessions' ids as they should be listed. */
    List<String> expected() {
        return expected.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    InstanceReader reader() {
        return reader(false);
    }

    /** Reads the rows alone. */
    InstanceReader standbyReader() {
        return reader(true);
    }

    private InstanceReader reader(boolean standby) {
        PartitionStores partition = read(standby);
        return InstanceReader.of(new OnePartition(() -> partition), new AgentControls(), () -> Sessions.NOW);
    }

    static List<String> listed(InstanceReader reader, int limit) {
        return Sessions.walk(cursor -> reader.sessions("local", limit, cursor), limit).stream()
                .map(SessionView::id)
                .toList();
    }
}
