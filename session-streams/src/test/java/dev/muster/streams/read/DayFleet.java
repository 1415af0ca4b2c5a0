/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.Bodies;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.store.Counted;
import dev.muster.streams.store.CountedRows;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.Retention;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;

/** The tasks of several partitions, committed, crashed and started as a test likes, and all that reads their days. */
final class DayFleet {

    static final String ACCOUNT = "local";

    final List<Task> tasks = new ArrayList<>();
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
            tasks.add(new Task(dirtyFor));
        }
    }

    /** Reads the rows alone, as a standby does. */
    void read(boolean standby) {
        isStandby = standby;
    }

    void pass(long millis) {
        clock += millis;
        tasks.forEach(task -> task.live.tick(clock));
    }

    void tell(HookEvent event) {
        RecordKey key = keyOf(event);
        tasks.get(Utils.toPositive(Utils.murmur2(key.toBytes())) % tasks.size()).tell(event);
    }

    private static RecordKey keyOf(HookEvent event) {
        String session = event.getSessionId();
        return session == null
                ? RecordKey.ofAgent(event.getAccount(), event.getAgentId())
                : RecordKey.ofSession(event.getAccount(), session);
    }

    Optional<SessionFigures> session(String id) {
        RecordKey key = RecordKey.ofSession(ACCOUNT, id);
        return SessionSnapshot.of(partitions.of(key), key).map(SessionSnapshot::figures);
    }

    void each(Consumer<Task> work) {
        tasks.forEach(work);
    }

    /** One partition's task. */
    final class Task {

        private final CountedRows sessions = new CountedRows();
        private final CountedRows traces = new CountedRows();
        private final CountedRows events = new CountedRows();
        private final CountedRows activity = new CountedRows();
        final CountedRows days = new CountedRows();
        private final CountedRows audit = new CountedRows();
        private final CountedRows journal = new CountedRows();
        final SessionStores stores = new SessionStores(
                sessions.store(),
                traces.store(),
                events.store(),
                activity.store(),
                days.store(),
                audit.store(),
                journal.store());
        final LiveSessions live;
        private final List<HookEvent> sinceCommit = new ArrayList<>();

        Task(Duration dirtyFor) {
            live = new LiveSessionsBuilder(
                            SessionRules.inUtc(PriceTable.shipped()::cost),
                            new LiveSessions.Bounds(64 << 20, 64 << 20, dirtyFor),
                            new Counted())
                    .build();
            live.bind(stores, clock);
        }

        PartitionStores read(boolean standby) {
            return new PartitionStores(
                    stores.sessions(),
                    stores.traces(),
                    stores.events(),
                    stores.activity(),
                    stores.days(),
                    stores.audit(),
                    standby ? Optional.empty() : Optional.of(live.reads()));
        }

        private Stream<CountedRows> rows() {
            return Stream.of(sessions, traces, events, activity, days, audit, journal);
        }

        void tell(HookEvent event) {
            sinceCommit.add(event);
            take(event);
        }

        private void take(HookEvent event) {
            RecordKey key = keyOf(event);
            live.take(Bytes.wrap(key.toBytes()), Bodies.of(event), clock, clock);
        }

        void commit() {
            live.flushCache();
            rows().forEach(CountedRows::commit);
            sinceCommit.clear();
        }

        /** Evicts the sessions that were not used for so long. */
        void evict(long unusedFor) {
            live.evictUnusedSince(clock - unusedFor + 1);
        }

        void restart() {
            commit();
            start();
        }

        /** Its transaction is aborted; what came in since the last commit comes again. */
        void crash() {
            rows().forEach(CountedRows::abort);
            start();
            sinceCommit.forEach(this::take);
        }

        /** What it has sent is committed without the rest of it; what came in since the last commit comes again. */
        void corrupt() {
            rows().forEach(CountedRows::commit);
            start();
            sinceCommit.forEach(this::take);
        }

        private void start() {
            live.close();
            live.bind(stores, clock);
            live.tick(clock);
        }

        void retain(Duration retention) {
            commit();
            new Retention(retention, live, stores).step(clock);
            commit();
        }
    }
}
