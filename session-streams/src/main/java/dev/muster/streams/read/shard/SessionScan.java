/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage.Entry;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;

/**
 * Scans an account's sessions over some partitions, the latest activity first, each once. Live sessions are taken from memory
 * and hide their entries in the list. An entry may stand up to a minute too early, so entries are read, with their sessions'
 * rows, for that long ahead of the session whose turn it is.
 */
final class SessionScan implements AutoCloseable {

    private final String account;
    private final long newest;
    private final Set<String> seen = new HashSet<>();
    /** Those whose turn is known. */
    private final PriorityQueue<Candidate> known = new PriorityQueue<>(Candidate.ORDER);

    private final List<ActivityScan> opened = new ArrayList<>();
    /** The lists that are not at their end, the one with the latest entry first. */
    private final PriorityQueue<Ahead> lists = new PriorityQueue<>(
            Comparator.comparingLong((Ahead list) -> list.entry.lastActivity()).reversed());

    /**
     * A session, and its last activity, which decides its turn.
     *
     * @param stored its figures, if they were read from its row; a live session's are yet to be asked for
     */
    record Candidate(long lastActivity, String sessionId, PartitionStores stores, Optional<SessionAggregate> stored) {

        static final Comparator<Candidate> ORDER =
                Comparator.comparingLong(Candidate::lastActivity).reversed().thenComparing(Candidate::sessionId);

        /** Where it stands in the list. */
        Position position() {
            return new Position(lastActivity, sessionId);
        }
    }

    /** A partition's list and its next entry. */
    private record Ahead(Entry entry, ActivityScan list, PartitionStores stores) {

        /** The latest activity that its session, or one behind it, can have. */
        long latest() {
            return entry.lastActivity() + LiveSessions.LISTED_WITHIN_MS;
        }
    }

    /**
     * Begins a scan.
     *
     * @param hosted the partitions
     * @param newest later activity is passed over, epoch milliseconds
     */
    SessionScan(List<PartitionStores> hosted, String account, long newest) {
        this.account = account;
        this.newest = newest;
        try {
            hosted.forEach(this::open);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(PartitionStores stores) {
        Map<String, Long> live =
                stores.live().map(sessions -> sessions.activity(account)).orElse(Map.of());
        seen.addAll(live.keySet());
        live.forEach((id, last) -> offer(new Candidate(last, id, stores, Optional.empty())));
        ActivityScan list = list(stores);
        opened.add(list);
        advance(list, stores);
    }

    private ActivityScan list(PartitionStores stores) {
        Bytes from = StoreKeys.bucket(account, newest);
        Bytes to = StoreKeys.endOf(StoreKeys.activities(account));
        Function<List<Entry>, ActivityScan> scan =
                unwritten -> new ActivityScan(stores.activity().range(from, to), unwritten);
        return stores.live().map(sessions -> sessions.gathered(account, scan)).orElseGet(() -> scan.apply(List.of()));
    }

    private void advance(ActivityScan list, PartitionStores stores) {
        if (list.hasNext()) {
            lists.add(new Ahead(list.next(), list, stores));
        }
    }

    private void offer(Candidate candidate) {
        boolean isSession = !key(candidate.sessionId).isOfAgent();
        if (isSession && candidate.lastActivity <= newest) {
            known.add(candidate);
        }
    }

    /** The next session; empty when there is none. */
    Optional<Candidate> next() {
        for (Ahead ahead = lists.peek(); ahead != null && isDue(ahead); ahead = lists.peek()) {
            lists.remove();
            Entry entry = ahead.entry;
            if (entry.lastActivity() <= newest && seen.add(entry.sessionId())) {
                stored(entry.sessionId(), ahead.stores).ifPresent(this::offer);
            }
            advance(ahead.list, ahead.stores);
        }
        return Optional.ofNullable(known.poll());
    }

    private boolean isDue(Ahead ahead) {
        Candidate first = known.peek();
        return first == null || ahead.latest() >= first.lastActivity;
    }

    private Optional<Candidate> stored(String sessionId, PartitionStores stores) {
        return SessionSnapshot.figures(stores, key(sessionId))
                .map(figures -> new Candidate(figures.last(), sessionId, stores, Optional.of(figures)));
    }

    /** A session's figures as they stand; empty when it is gone. */
    Optional<SessionAggregate> figures(Candidate candidate) {
        return candidate.stored.or(() -> SessionSnapshot.figures(candidate.stores, key(candidate.sessionId)));
    }

    private RecordKey key(String sessionId) {
        return RecordKey.ofSession(account, sessionId);
    }

    @Override
    public void close() {
        opened.forEach(ActivityScan::close);
    }
}
