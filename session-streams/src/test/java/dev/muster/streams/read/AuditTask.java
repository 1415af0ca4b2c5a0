/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.FactId;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.Bodies;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.store.Counted;
import dev.muster.streams.store.CountedRows;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.Retention;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A task that is committed, crashes and starts as a test likes, and beside it what its audit log should be. */
final class AuditTask {

    final CountedRows sessions = new CountedRows();
    final CountedRows audit = new CountedRows();
    private final CountedRows traces = new CountedRows();
    private final CountedRows events = new CountedRows();
    private final CountedRows activity = new CountedRows();
    private final CountedRows days = new CountedRows();
    private final CountedRows journal = new CountedRows();
    private final SessionStores stores = new SessionStores(
            sessions.store(),
            traces.store(),
            events.store(),
            activity.store(),
            days.store(),
            audit.store(),
            journal.store());
    final LiveSessions live = new LiveSessionsBuilder(
                    SessionRules.inUtc(PriceTable.shipped()::cost),
                    new LiveSessions.Bounds(64 << 20, 64 << 20, Duration.ofSeconds(3)),
                    new Counted())
            .build();
    final AgentControls controls = new AgentControls();
    private final List<HookEvent> sinceCommit = new ArrayList<>();
    /** When each fact was, by its session and id. */
    final Map<Line, Long> expected = new HashMap<>();

    private long clock = Sessions.T;

    /** A fact, by its session and id. */
    record Line(@Nullable String session, String id) {}

    AuditTask() {
        live.bind(stores, clock);
    }

    /** A fact, told by a hook, of a session, or of none; so long ago. */
    void tell(@Nullable String session, String id, long ago) {
        HookEvent event = Sessions.event(FactId.dedupKey(id), FactKind.OTHER, clock - ago - Sessions.T)
                .setSessionId(session)
                .build();
        // Of copies that are equal but for that, the earlier time holds.
        expected.merge(new Line(session, event.getId()), event.getTimestamp(), Math::min);
        sinceCommit.add(event);
        take(event);
    }

    private void take(HookEvent event) {
        String session = event.getSessionId();
        RecordKey key = session == null
                ? RecordKey.ofAgent("local", event.getAgentId())
                : RecordKey.ofSession("local", session);
        live.take(Bytes.wrap(key.toBytes()), Bodies.of(event), event.getReceivedAt(), clock);
    }

    void pass(long millis) {
        clock += millis;
        live.tick(clock);
    }

    private Stream<CountedRows> rows() {
        return Stream.of(sessions, traces, events, activity, days, audit, journal);
    }

    void commit() {
        live.flushCache();
        rows().forEach(CountedRows::commit);
        sinceCommit.clear();
    }

    /** All sessions leave memory. */
    void evict() {
        live.evictUnusedSince(clock + 1);
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
        Retention walk = new Retention(retention, live, stores);
        walk.step(clock);
        walk.step(clock);
        commit();
    }

    Page<AuditEntry> log(AuditFilter filter, int mostLookedAt, int limit, Optional<String> cursor) {
        PartitionStores partition = new PartitionStores(
                stores.sessions(),
                stores.traces(),
                stores.events(),
                stores.activity(),
                stores.days(),
                stores.audit(),
                Optional.of(live.reads()));
        return new AuditReads(new OnePartition(() -> partition), controls, mostLookedAt)
                .page("local", filter, limit, cursor);
    }
}
