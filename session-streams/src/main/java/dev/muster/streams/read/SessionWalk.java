/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage.Entry;
import dev.muster.streams.model.SessionFigures;
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
 * Walks an account's sessions over all partitions, the latest activity first, each once. Live sessions are taken from memory
 * and hide their entries in the list. An entry may stand up to a minute too early, so entries are read, with their sessions'
 * rows, for that long ahead of the session whose turn it is.
 */
final class SessionWalk implements AutoCloseable {

    private final String account;
    private final long newest;
    private final Set<String> seen = new HashSet<>();
    /** Those whose turn is known. */
    private final PriorityQueue<Place> known = new PriorityQueue<>(Place.ORDER);

    private final List<ListWalk> opened = new ArrayList<>();
    /** The lists that are not at their end, the one with the latest entry first. */
    private final PriorityQueue<Ahead> lists = new PriorityQueue<>(
            Comparator.comparingLong((Ahead list) -> list.entry.lastActivity()).reversed());

    /**
     * A session, and its last activity, which decides its turn.
     *
     * @param stored its figures, if they were read from its row; a live session's are yet to be asked for
     */
    record Place(long lastActivity, String sessionId, PartitionStores stores, Optional<SessionFigures> stored) {

        static final Comparator<Place> ORDER =
                Comparator.comparingLong(Place::lastActivity).reversed().thenComparing(Place::sessionId);

        /** Whether its turn comes after a page's last one. */
        boolean isBehind(Cursor cursor) {
            return lastActivity < cursor.number()
                    || (lastActivity == cursor.number() && sessionId.compareTo(cursor.text()) > 0);
        }
    }

    /** A partition's list and its next entry. */
    private record Ahead(Entry entry, ListWalk list, PartitionStores stores) {

        /** The latest activity that its session, or one behind it, can have. */
        long latest() {
            return entry.lastActivity() + LiveSessions.LISTED_WITHIN_MS;
        }
    }

    /**
     * Begins a walk.
     *
     * @param newest later activity is passed over, epoch milliseconds
     */
    SessionWalk(Partitions partitions, String account, long newest) {
        this.account = account;
        this.newest = newest;
        try {
            for (int partition = 0; partition < partitions.count(); partition++) {
                open(partitions.at(partition));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void open(PartitionStores stores) {
        Map<String, Long> live =
                stores.live().map(sessions -> sessions.activity(account)).orElse(Map.of());
        seen.addAll(live.keySet());
        live.forEach((id, last) -> learn(new Place(last, id, stores, Optional.empty())));
        ListWalk list = list(stores);
        opened.add(list);
        advance(list, stores);
    }

    private ListWalk list(PartitionStores stores) {
        Bytes from = StoreKeys.bucket(account, newest);
        Bytes to = StoreKeys.behind(StoreKeys.activities(account));
        Function<List<Entry>, ListWalk> walk =
                gathered -> new ListWalk(stores.activity().range(from, to), gathered);
        return stores.live().map(sessions -> sessions.gathered(account, walk)).orElseGet(() -> walk.apply(List.of()));
    }

    private void advance(ListWalk list, PartitionStores stores) {
        if (list.hasNext()) {
            lists.add(new Ahead(list.next(), list, stores));
        }
    }

    private void learn(Place place) {
        boolean isSession = !key(place.sessionId).isOfAgent();
        if (isSession && place.lastActivity <= newest) {
            known.add(place);
        }
    }

    /** The next session; empty when there is none. */
    Optional<Place> next() {
        for (Ahead ahead = lists.peek(); ahead != null && isDue(ahead); ahead = lists.peek()) {
            lists.remove();
            Entry entry = ahead.entry;
            if (entry.lastActivity() <= newest && seen.add(entry.sessionId())) {
                stored(entry.sessionId(), ahead.stores).ifPresent(this::learn);
            }
            advance(ahead.list, ahead.stores);
        }
        return Optional.ofNullable(known.poll());
    }

    private boolean isDue(Ahead ahead) {
        Place first = known.peek();
        return first == null || ahead.latest() >= first.lastActivity;
    }

    private Optional<Place> stored(String sessionId, PartitionStores stores) {
        return SessionSnapshot.figures(stores, key(sessionId))
                .map(figures -> new Place(figures.last(), sessionId, stores, Optional.of(figures)));
    }

    /** A session's figures as they stand; empty when it is gone. */
    Optional<SessionFigures> figures(Place place) {
        return place.stored.or(() -> SessionSnapshot.figures(place.stores, key(place.sessionId)));
    }

    /** A session as it stands; empty when it is gone. */
    Optional<SessionSnapshot> snapshot(Place place) {
        return SessionSnapshot.of(place.stores, key(place.sessionId));
    }

    private RecordKey key(String sessionId) {
        return RecordKey.ofSession(account, sessionId);
    }

    @Override
    public void close() {
        opened.forEach(ListWalk::close);
    }
}
