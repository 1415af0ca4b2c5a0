/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.Bodies;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;

/** One partition's task over rows in memory, with no Kafka around it: committed, crashed and started as a test likes. */
class PartitionTask {

    final CountedRows sessions = new CountedRows();
    final CountedRows activity = new CountedRows();
    final CountedRows audit = new CountedRows();
    private final CountedRows traces = new CountedRows();
    private final CountedRows events = new CountedRows();
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
    final LiveSessions live;
    private final List<Appended> sinceCommit = new ArrayList<>();
    private final int number;
    private long clock = Sessions.T;
    private int dayRows = Integer.MAX_VALUE;

    private record Appended(HookEvent event, long time) {}

    /** Starts it with nothing at {@link Sessions#T}; a session is written when it has been dirty for so long. */
    PartitionTask(Duration dirtyFor) {
        this(0, dirtyFor, 64 << 20);
    }

    /** The same, as one of several partitions, with so many bytes for its index. */
    PartitionTask(int number, Duration dirtyFor, long indexBytes) {
        this.number = number;
        live = new LiveSessionsBuilder(
                        SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                        new LiveSessions.Bounds(64 << 20, 64 << 20, dirtyFor),
                        new IndexMemory(indexBytes),
                        new Counted())
                .build();
        live.bind(stores, clock);
    }

    final long clock() {
        return clock;
    }

    final void pass(long millis) {
        clock += millis;
        live.tick(clock);
        live.makeDays(dayRows);
    }

    /** From now on days that are not whole are made in steps of so many rows, one whenever time passes. */
    final void makeDaysSlowly(int rows) {
        dayRows = rows;
    }

    /** Makes the days whole, however many steps it takes. */
    final void makeDays() {
        while (!areDaysWhole()) {
            live.makeDays(dayRows);
        }
    }

    final boolean areDaysWhole() {
        return live.areDaysWhole();
    }

    /** An event comes in that was appended to the topic at a time. */
    final void append(HookEvent event, long time) {
        Appended appended = new Appended(event, time);
        sinceCommit.add(appended);
        take(appended);
    }

    private void take(Appended appended) {
        HookEvent event = appended.event();
        live.take(Bytes.wrap(RecordKey.of(event).toBytes()), Bodies.of(event), appended.time(), clock);
    }

    private Stream<CountedRows> rows() {
        return Stream.of(sessions, traces, events, activity, days, audit, journal);
    }

    final void commit() {
        live.flushCache();
        rows().forEach(CountedRows::commit);
        sinceCommit.clear();
    }

    /** Evicts the sessions that were not used for so long. */
    final void evict(long unusedFor) {
        live.evictUnusedSince(clock - unusedFor + 1);
    }

    final void restart() {
        commit();
        start();
    }

    /** Its transaction is aborted; what came in since the last commit comes again. */
    final void crash() {
        rows().forEach(CountedRows::abort);
        start();
        sinceCommit.forEach(this::take);
    }

    /** What it has sent is committed without the rest of it; what came in since the last commit comes again. */
    final void corrupt() {
        rows().forEach(CountedRows::commit);
        start();
        sinceCommit.forEach(this::take);
    }

    private void start() {
        live.close();
        live.bind(stores, clock);
        live.tick(clock);
        if (dayRows == Integer.MAX_VALUE) {
            makeDays();
        }
    }

    /** What deletes its sessions that are older than so long. */
    final Retention retention(Duration retention) {
        return new Retention(retention, live, stores);
    }

    /** So many steps of retention, between two commits. */
    final void retain(Duration retention, int steps) {
        commit();
        Retention walk = retention(retention);
        for (int i = 0; i < steps; i++) {
            walk.step(clock);
        }
        commit();
    }

    /** Its stores: the rows alone as a standby has them, or with the live sessions over them. */
    final PartitionStores read(boolean standby) {
        return OnePartition.overlaid(number, stores, standby ? Optional.empty() : Optional.of(live.reads()));
    }
}
