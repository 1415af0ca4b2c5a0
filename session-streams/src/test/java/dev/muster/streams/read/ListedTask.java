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
import dev.muster.streams.store.LiveReads;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.Retention;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** A task that is committed, crashes and starts as a test likes, and beside it what its list should be. */
final class ListedTask {

    final CountedRows sessions = new CountedRows();
    final CountedRows activity = new CountedRows();
    private final CountedRows traces = new CountedRows();
    private final CountedRows events = new CountedRows();
    private final CountedRows days = new CountedRows();
    private final CountedRows audit = new CountedRows();
    private final CountedRows journal = new CountedRows();
    private final SessionStores stores = new SessionStores(
            sessions.store(),
            traces.store(),
            events.store(),
            activity.store(),
            days.store(),
            audit.store(),
            journal.store());
    private final LiveSessions live;
    private final Map<String, Long> expected = new HashMap<>();
    private final List<HookEvent> sinceCommit = new ArrayList<>();
    private long clock = Sessions.T;
    private int facts;

    /** Starts it with nothing; a session is written when it has been dirty for so long. */
    ListedTask(Duration dirtyFor) {
        live = new LiveSessionsBuilder(
                        SessionRules.inUtc(PriceTable.shipped()::cost),
                        new LiveSessions.Bounds(64 << 20, 64 << 20, dirtyFor),
                        new Counted())
                .build();
        live.bind(stores, clock);
    }

    private Stream<CountedRows> rows() {
        return Stream.of(sessions, traces, events, activity, days, audit, journal);
    }

    long clock() {
        return clock;
    }

    void pass(long millis) {
        clock += millis;
        live.tick(clock);
    }

    /** A new event of a session, so long ago. */
    void tell(String session, long ago) {
        HookEvent event = Sessions.event(FactId.dedupKey("k" + facts++), FactKind.OTHER, clock - ago - Sessions.T)
                .setSessionId(session)
                .build();
        sinceCommit.add(event);
        expected.merge(session, event.getTimestamp(), Math::max);
        take(event);
    }

    private void take(HookEvent event) {
        RecordKey key = RecordKey.ofSession("local", String.valueOf(event.getSessionId()));
        live.take(Bytes.wrap(key.toBytes()), Bodies.of(event), event.getReceivedAt(), clock);
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

    /** What walks its list. */
    Retention retention(Duration retention) {
        return new Retention(retention, live, stores);
    }

    /** Deletes what is older than so long, but for what may go up to a minute early. */
    void retain(Duration retention) {
        commit();
        retention(retention).step(clock);
        commit();
        long cutoff = clock - retention.toMillis();
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

    SessionReader reader() {
        return reader(Optional.of(live.reads()));
    }

    /** Reads the rows alone. */
    SessionReader standbyReader() {
        return reader(Optional.empty());
    }

    private SessionReader reader(Optional<LiveReads> overlay) {
        PartitionStores partition = new PartitionStores(
                stores.sessions(),
                stores.traces(),
                stores.events(),
                stores.activity(),
                stores.days(),
                stores.audit(),
                overlay);
        return new StoreSessionReader(new OnePartition(() -> partition), new AgentControls(), () -> Sessions.NOW);
    }

    static List<String> listed(SessionReader reader, int limit) {
        return Sessions.walk(cursor -> reader.sessions("local", limit, cursor), limit).stream()
                .map(SessionView::id)
                .toList();
    }
}
