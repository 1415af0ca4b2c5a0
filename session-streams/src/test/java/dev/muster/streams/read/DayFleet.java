/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Utils;

/** The tasks of several partitions, committed, crashed and started as a test likes, and all that reads their days. */
final class DayFleet {

    static final String ACCOUNT = "local";

    final List<PartitionTask> tasks = new ArrayList<>();
    final AgentControls controls = new AgentControls();
    long clock = Sessions.T;
    private boolean isStandby;

    private final Partitions partitions = new Partitions() {
        @Override
        public int count() {
            return tasks.size();
        }

        @Override
        public PartitionStores at(int partition) {
            return tasks.get(partition).read(isStandby);
        }
    };

    final InstantSource now = () -> Instant.ofEpochMilli(clock);
    final DayReads days = new DayReads(partitions);
    final DayGroupReads groups = new DayGroupReads(partitions, controls, now);
    final SpendReads spend = new SpendReads(partitions, controls);
    final AgentReads agents = new AgentReads(partitions, controls, now, ZoneOffset.UTC, new AgentReads.Recent() {
        @Override
        public List<SessionView> sessions(String account, String agentId) {
            return List.of();
        }

        @Override
        public List<AuditEntry.Fact> errors(String account, String agentId) {
            return List.of();
        }
    });

    /** So many partitions, whose sessions are written when they have been dirty for so long. */
    DayFleet(int partitions, Duration dirtyFor) {
        for (int i = 0; i < partitions; i++) {
            tasks.add(new PartitionTask(dirtyFor));
        }
    }

    /** All days of an account that are wanted. */
    Map<DayKey, AgentDay> days(String account, Predicate<DayKey> wanted) {
        Map<DayKey, AgentDay> all = new HashMap<>();
        days.days(account, wanted).days().forEach(all::put);
        return all;
    }

    /** Reads the rows alone, as a standby does. */
    void read(boolean standby) {
        isStandby = standby;
    }

    void pass(long millis) {
        clock += millis;
        tasks.forEach(task -> task.pass(millis));
    }

    void tell(HookEvent event) {
        byte[] key = RecordKey.of(event).toBytes();
        tasks.get(Utils.toPositive(Utils.murmur2(key)) % tasks.size()).append(event, clock);
    }

    Optional<SessionFigures> session(String id) {
        RecordKey key = RecordKey.ofSession(ACCOUNT, id);
        return SessionSnapshot.of(partitions.of(key), key).map(SessionSnapshot::figures);
    }

    void each(Consumer<PartitionTask> work) {
        tasks.forEach(work);
    }
}
