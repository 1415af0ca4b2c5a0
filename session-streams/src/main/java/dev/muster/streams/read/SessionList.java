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
import org.jspecify.annotations.Nullable;

/**
 * Collects one page of an account's sessions, the newest activity first, over any number of partitions. Live sessions are
 * taken from memory and hide their entries. An entry may stand up to a minute too early in its list: sessions are read on for
 * that long behind the page's last one.
 */
final class SessionList {

    /** A session and its last activity, which decides its place. */
    private record Place(
            long lastActivity,
            String sessionId,
            PartitionStores stores,
            @Nullable SessionFigures figures) {}

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::lastActivity).reversed().thenComparing(Place::sessionId);

    private final String account;
    private final int limit;
    private final Optional<Cursor> after;
    private final PriorityQueue<Place> best = new PriorityQueue<>(ORDER.reversed());

    SessionList(String account, int limit, Optional<Cursor> after) {
        this.account = account;
        this.limit = limit;
        this.after = after;
    }

    void collect(PartitionStores stores) {
        Map<String, Long> live =
                stores.live().map(sessions -> sessions.activity(account)).orElse(Map.of());
        live.forEach((id, last) -> offer(new Place(last, id, stores, null)));
        long newest = after.map(Cursor::number).orElse(Long.MAX_VALUE);
        Set<String> seen = new HashSet<>(live.keySet());
        try (ListWalk walk = walk(stores, newest)) {
            while (walk.hasNext()) {
                Entry entry = walk.next();
                if (isFull() && entry.lastActivity() + LiveSessions.LISTED_WITHIN_MS < worst()) {
                    return;
                }
                if (entry.lastActivity() <= newest && seen.add(entry.sessionId())) {
                    offerStored(entry.sessionId(), stores);
                }
            }
        }
    }

    private ListWalk walk(PartitionStores stores, long newest) {
        Bytes from = StoreKeys.bucket(account, newest);
        Bytes to = StoreKeys.behind(StoreKeys.activities(account));
        Function<List<Entry>, ListWalk> walk =
                gathered -> new ListWalk(stores.activity().range(from, to), gathered);
        return stores.live().map(sessions -> sessions.gathered(account, walk)).orElseGet(() -> walk.apply(List.of()));
    }

    private void offerStored(String sessionId, PartitionStores stores) {
        byte[] value = stores.sessions().get(Bytes.wrap(StoreKeys.session(account, sessionId)));
        if (value != null) {
            SessionFigures figures = SessionFigures.read(value);
            offer(new Place(figures.last(), sessionId, stores, figures));
        }
    }

    private boolean isFull() {
        return best.size() > limit;
    }

    private long worst() {
        Place place = best.peek();
        return place == null ? Long.MIN_VALUE : place.lastActivity();
    }

    private void offer(Place place) {
        boolean later = after.isEmpty()
                || ORDER.compare(new Place(after.get().number(), after.get().text(), place.stores, null), place) < 0;
        if (later) {
            best.add(place);
            if (best.size() > limit + 1) {
                best.poll();
            }
        }
    }

    Page<SessionView> page(long now) {
        List<Place> places = new ArrayList<>(best);
        places.sort(ORDER);
        boolean more = places.size() > limit;
        List<Place> shown = more ? places.subList(0, limit) : places;
        List<SessionView> views = new ArrayList<>(shown.size());
        for (Place place : shown) {
            current(place).ifPresent(figures -> views.add(Views.session(figures, now)));
        }
        if (!more) {
            return new Page<>(views, Optional.empty());
        }
        Place last = shown.get(limit - 1);
        return new Page<>(views, Optional.of(new Cursor(Cursor.SESSIONS, last.lastActivity, last.sessionId).encoded()));
    }

    private Optional<SessionFigures> current(Place place) {
        return place.figures != null
                ? Optional.of(place.figures)
                : SessionSnapshot.of(place.stores, RecordKey.ofSession(account, place.sessionId))
                        .map(SessionSnapshot::figures);
    }
}
