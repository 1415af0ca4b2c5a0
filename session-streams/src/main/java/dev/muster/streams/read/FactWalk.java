/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AuditPage;
import dev.muster.streams.model.StoredFact;
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
 * Walks one partition's facts by the audit log's index, a bucket of time at a time, and reads of each session only the facts
 * whose turn comes. Live sessions' newest times, which have no row yet, are looked at first.
 */
final class FactWalk implements AuditWalk {

    /** So many sessions are kept from one bucket to the next. */
    private static final int MOST_SNAPSHOTS = 256;

    private static final Comparator<Moment> ORDER =
            Comparator.comparingLong(Moment::time).reversed().thenComparing(Moment::session);

    private final PartitionStores stores;
    private final String account;
    private final long newest;
    /** What has no row yet: sessions and their times, by bucket. */
    private final NavigableMap<Long, Set<Moment>> unindexed = new TreeMap<>(Comparator.reverseOrder());

    private final KeyValueIterator<Bytes, byte[]> rows;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private final Deque<Ready> ready = new ArrayDeque<>();
    private final Map<String, Optional<SessionSnapshot>> snapshots = new HashMap<>();
    /** Of the sessions looked at in this bucket, the facts in it that are to come. */
    private final Map<String, FactsBackwards> facts = new HashMap<>();

    private @Nullable KeyValue<Bytes, byte[]> ahead;

    /** A session has a fact at a time. */
    private record Moment(long time, String session) {

        long bucketStart() {
            return Math.floorDiv(time, AuditKey.BUCKET_MS) * AuditKey.BUCKET_MS;
        }
    }

    /** A fact whose turn has come. */
    private record Ready(SessionSnapshot session, String sessionId, StoredFact fact) {}

    /**
     * Begins a walk.
     *
     * @param newest later facts are passed over, epoch milliseconds
     */
    FactWalk(PartitionStores stores, String account, long newest) {
        this.stores = stores;
        this.account = account;
        this.newest = newest;
        stores.live()
                .ifPresent(live -> live.unindexed(account).forEach((session, times) -> {
                    for (long time : times) {
                        unindexed
                                .computeIfAbsent(Math.floorDiv(time, AuditKey.BUCKET_MS), bucket -> new HashSet<>())
                                .add(new Moment(time, session));
                    }
                }));
        Bytes end = StoreKeys.behind(AuditKey.facts(account));
        rows = stores.audit().range(AuditKey.factsAt(account, newest), end);
        ahead = following();
    }

    private @Nullable KeyValue<Bytes, byte[]> following() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && (!moments.isEmpty() || nextBucket())) {
            Moment moment = moments.poll();
            if (moment != null) {
                read(moment);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public Found next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the log is at its end");
        }
        Ready first = ready.remove();
        return found(first.session, first.sessionId, first.fact);
    }

    private boolean nextBucket() {
        facts.clear();
        if (snapshots.size() > MOST_SNAPSHOTS) {
            snapshots.clear();
        }
        KeyValue<Bytes, byte[]> first = ahead;
        if (first == null && unindexed.isEmpty()) {
            return false;
        }
        long stored = first == null ? Long.MIN_VALUE : AuditKey.of(first.key).bucket();
        long bucket = unindexed.isEmpty() ? stored : Math.max(stored, unindexed.firstKey());
        Set<Moment> found = new HashSet<>();
        Set<Moment> untold = unindexed.remove(bucket);
        if (untold != null) {
            found.addAll(untold);
        }
        KeyValue<Bytes, byte[]> row = first;
        while (row != null && AuditKey.of(row.key).bucket() == bucket) {
            AuditPage.read(row.value)
                    .times()
                    .forEach((session, times) ->
                            times.forEach(time -> found.add(new Moment(bucket * AuditKey.BUCKET_MS + time, session))));
            row = following();
        }
        ahead = row;
        found.stream().filter(moment -> moment.time <= newest).sorted(ORDER).forEach(moments::add);
        return true;
    }

    private void read(Moment moment) {
        Optional<SessionSnapshot> session = snapshots.computeIfAbsent(
                moment.session, id -> SessionSnapshot.of(stores, RecordKey.ofSession(account, id)));
        if (session.isEmpty()) {
            return;
        }
        FactsBackwards walk = facts.computeIfAbsent(
                moment.session, id -> new FactsBackwards(session.get(), moment.time, moment.bucketStart(), 1));
        Optional<StoredFact> fact = walk.peek();
        while (fact.isPresent() && fact.get().place().time() >= moment.time) {
            if (fact.get().place().time() == moment.time) {
                ready.add(new Ready(session.get(), moment.session, fact.get()));
            }
            walk.take();
            fact = walk.peek();
        }
    }

    static Found found(SessionSnapshot session, String sessionId, StoredFact fact) {
        return new Found(
                new AuditPlace(fact.place().time(), sessionId, fact.place().id()),
                session.figures().agentId(),
                new AuditEntry.Fact(session.event(fact)),
                fact.bytes());
    }

    @Override
    public void close() {
        rows.close();
    }
}
