/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AuditPage;
import dev.muster.streams.model.Fence;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.store.AuditKey;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Deque<Found> ready = new ArrayDeque<>();
    private final Map<String, Optional<SessionSnapshot>> snapshots = new HashMap<>();
    /** Of the sessions looked at in this bucket, the facts in it by their time. */
    private final Map<String, Map<Long, List<StoredFact>>> facts = new HashMap<>();

    private @Nullable KeyValue<Bytes, byte[]> ahead;

    /** A session has a fact at a time. */
    private record Moment(long time, String session) {}

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
        return ready.remove();
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
        session.ifPresent(snapshot -> facts.computeIfAbsent(moment.session, id -> inBucket(snapshot, moment.time))
                .getOrDefault(moment.time, List.of())
                .forEach(fact -> ready.add(found(snapshot, moment.session, fact))));
    }

    private static Map<Long, List<StoredFact>> inBucket(SessionSnapshot session, long time) {
        long start = Math.floorDiv(time, AuditKey.BUCKET_MS) * AuditKey.BUCKET_MS;
        Map<Long, List<StoredFact>> byTime = new HashMap<>();
        for (StoredFact fact :
                session.facts(Fence.at(start), start + AuditKey.BUCKET_MS - 1, any -> true, Integer.MAX_VALUE)) {
            byTime.computeIfAbsent(fact.place().time(), at -> new ArrayList<>()).add(fact);
        }
        byTime.values()
                .forEach(all ->
                        all.sort(Comparator.comparingLong(fact -> fact.place().id())));
        return byTime;
    }

    static Found found(SessionSnapshot session, String sessionId, StoredFact fact) {
        return new Found(
                new AuditPlace(fact.place().time(), sessionId, fact.place().id()),
                session.figures().agentId(),
                new AuditEntry.Fact(session.event(fact)));
    }

    @Override
    public void close() {
        rows.close();
    }
}
