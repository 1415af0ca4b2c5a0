/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AuditPage;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.store.AuditKey;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Scans one partition's facts by the audit log's index, a bucket of time at a time, and reads of each session only the facts
 * whose turn comes. Live sessions' newest times, which have no row yet, are looked at first.
 */
final class FactScan implements EntryScan {

    /** So many sessions are kept from one bucket to the next. */
    private static final int MAX_SNAPSHOTS = 256;

    private static final Comparator<SessionTime> ORDER =
            Comparator.comparingLong(SessionTime::time).reversed().thenComparing(SessionTime::session);

    private final PartitionStores stores;
    private final String account;
    private final long newest;
    /** What has no row yet: sessions and their times, by bucket. */
    private final NavigableMap<Long, Set<SessionTime>> unindexed = new TreeMap<>(Comparator.reverseOrder());

    private final KeyValueIterator<Bytes, byte[]> rows;
    private final Deque<SessionTime> due = new ArrayDeque<>();
    private final Deque<Ready> ready = new ArrayDeque<>();
    private final Map<String, Optional<SessionSnapshot>> snapshots = new HashMap<>();
    /** Of the sessions looked at in this bucket, the facts in it that are to come. */
    private final Map<String, FactsBackwards> facts = new HashMap<>();

    private @Nullable KeyValue<Bytes, byte[]> nextRow;

    /** A session has a fact at a time. */
    private record SessionTime(long time, String session) {

        long bucketStart() {
            return Math.floorDiv(time, AuditKey.BUCKET_MS) * AuditKey.BUCKET_MS;
        }
    }

    /** A fact whose turn has come. */
    private record Ready(SessionSnapshot session, String sessionId, StoredFact fact) {}

    /**
     * Begins a scan.
     *
     * @param newest later facts are passed over, epoch milliseconds
     */
    FactScan(PartitionStores stores, String account, long newest) {
        this.stores = stores;
        this.account = account;
        this.newest = newest;
        stores.live()
                .ifPresent(live -> live.unindexed(account).forEach((session, times) -> {
                    for (long time : times) {
                        unindexed
                                .computeIfAbsent(Math.floorDiv(time, AuditKey.BUCKET_MS), bucket -> new HashSet<>())
                                .add(new SessionTime(time, session));
                    }
                }));
        Bytes end = StoreKeys.endOf(AuditKey.facts(account));
        rows = stores.audit().range(AuditKey.factsAt(account, newest), end);
        nextRow = following();
    }

    private @Nullable KeyValue<Bytes, byte[]> following() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && (!due.isEmpty() || nextBucket())) {
            SessionTime at = due.poll();
            if (at != null) {
                read(at);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public AuditHit next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is at its end");
        }
        Ready first = ready.remove();
        return hit(first.session, first.sessionId, first.fact);
    }

    private boolean nextBucket() {
        facts.clear();
        if (snapshots.size() > MAX_SNAPSHOTS) {
            snapshots.clear();
        }
        KeyValue<Bytes, byte[]> first = nextRow;
        if (first == null && unindexed.isEmpty()) {
            return false;
        }
        long stored = first == null ? Long.MIN_VALUE : AuditKey.of(first.key).bucket();
        long bucket = unindexed.isEmpty() ? stored : Math.max(stored, unindexed.firstKey());
        Set<SessionTime> found = new HashSet<>();
        Set<SessionTime> live = unindexed.remove(bucket);
        if (live != null) {
            found.addAll(live);
        }
        KeyValue<Bytes, byte[]> row = first;
        while (row != null && AuditKey.of(row.key).bucket() == bucket) {
            AuditPage.read(row.value)
                    .times()
                    .forEach((session, times) -> times.forEach(
                            time -> found.add(new SessionTime(bucket * AuditKey.BUCKET_MS + time, session))));
            row = following();
        }
        nextRow = row;
        found.stream().filter(at -> at.time <= newest).sorted(ORDER).forEach(due::add);
        return true;
    }

    private void read(SessionTime at) {
        Optional<SessionSnapshot> session = snapshots.computeIfAbsent(
                at.session, id -> SessionSnapshot.of(stores, RecordKey.ofSession(account, id)));
        if (session.isEmpty()) {
            return;
        }
        FactsBackwards scan =
                facts.computeIfAbsent(at.session, id -> new FactsBackwards(session.get(), at.time, at.bucketStart()));
        Optional<StoredFact> fact = scan.peek();
        while (fact.isPresent() && fact.get().place().time() >= at.time) {
            if (fact.get().place().time() == at.time) {
                ready.add(new Ready(session.get(), at.session, fact.get()));
            }
            scan.remove();
            fact = scan.peek();
        }
    }

    static AuditHit hit(SessionSnapshot session, String sessionId, StoredFact fact) {
        return new AuditHit(
                AuditHit.positionOf(fact.place().time(), sessionId, fact.place().id()),
                session.figures().agentId(),
                new AuditEntry.Fact(session.event(fact)),
                fact.bytes());
    }

    @Override
    public void close() {
        rows.close();
    }
}
