/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.Fence;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionRow;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.model.TraceFigures;
import dev.muster.streams.model.TracePlaces;
import dev.muster.streams.model.TracePlaces.Word;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** One session at one moment: what its own row carries laid over its other rows, whether it is live or stored. */
final class SessionSnapshot {

    private static final Comparator<TraceFigures> BY_START =
            Comparator.comparingLong(TraceFigures::start).thenComparing(TraceFigures::id);

    private final PartitionStores stores;
    private final byte[] session;
    private final SessionFigures figures;
    /** The traces and chunks in the session's own row. */
    private final Map<String, TraceFigures> ownTraces = new HashMap<>();

    private final NavigableMap<Fence, byte @Nullable []> ownChunks;
    private final List<Word> ownWords;
    private @Nullable TracePlaces places;
    private final Map<Long, Optional<String>> traceIds = new HashMap<>();

    private SessionSnapshot(PartitionStores stores, byte[] session, SessionRow row) {
        this.stores = stores;
        this.session = session;
        figures = row.figures();
        row.overlay().traces().stream().map(TraceFigures::read).forEach(trace -> ownTraces.put(trace.id(), trace));
        ownChunks = new TreeMap<>(row.overlay().chunks());
        ownWords = row.overlay().words();
    }

    static Optional<SessionSnapshot> of(PartitionStores stores, RecordKey key) {
        byte[] session = StoreKeys.session(key.account(), key.sessionId());
        return stores.live()
                .flatMap(sessions -> sessions.copy(key))
                .map(SessionCopy::row)
                .or(() -> Optional.ofNullable(stores.sessions().get(Bytes.wrap(session))))
                .map(row -> new SessionSnapshot(stores, session, SessionRow.read(row)))
                .filter(found -> isThere(found.figures));
    }

    /** Whether anything happened in a session: a command alone leaves a row too. */
    static boolean isThere(SessionFigures session) {
        return session.figures().events() > 0;
    }

    SessionFigures figures() {
        return figures;
    }

    Optional<TraceFigures> trace(String id) {
        TraceFigures own = ownTraces.get(id);
        return Optional.ofNullable(own)
                .or(() -> storedTrace(id).map(TraceFigures::read))
                .filter(SessionSnapshot::shows);
    }

    private Optional<byte[]> storedTrace(String id) {
        OptionalLong start = places().startOf(TraceFigures.hashOf(id));
        return start.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(stores.traces().get(StoreKeys.trace(session, start.getAsLong(), id)));
    }

    /** Where the traces have their rows: read when it is first asked for. */
    private TracePlaces places() {
        TracePlaces read = places;
        if (read == null) {
            read = new TracePlaces();
            Bytes pages = StoreKeys.tracePages(session);
            try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().range(pages, StoreKeys.behind(pages))) {
                while (rows.hasNext()) {
                    read.hearPage(rows.next().value);
                }
            }
            read.hear(ownWords);
            places = read;
        }
        return read;
    }

    private static boolean shows(TraceFigures trace) {
        return trace.figures().events() > 0 && !trace.id().equals(TraceFigures.PREAMBLE);
    }

    /** The traces behind a place, by start and id, as many as wanted. */
    List<TraceFigures> traces(Optional<Cursor> after, int most) {
        List<TraceFigures> found = new ArrayList<>();
        Predicate<TraceFigures> isLater = trace -> after.isEmpty()
                || trace.start() > after.get().number()
                || (trace.start() == after.get().number()
                        && trace.id().compareTo(after.get().text()) > 0);
        ownTraces.values().stream()
                .filter(SessionSnapshot::shows)
                .filter(isLater)
                .forEach(found::add);
        int own = found.size();
        Bytes all = StoreKeys.traces(session);
        Bytes from = after.map(cursor -> StoreKeys.trace(session, cursor.number(), cursor.text()))
                .orElse(all);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().range(from, StoreKeys.behind(all))) {
            while (rows.hasNext() && found.size() - own < most) {
                TraceFigures trace = TraceFigures.read(rows.next().value);
                if (!ownTraces.containsKey(trace.id()) && shows(trace) && isLater.test(trace)) {
                    found.add(trace);
                }
            }
        }
        found.sort(BY_START);
        return found.size() <= most ? found : found.subList(0, most);
    }

    /**
     * The traces up to a place, the latest begun first, by id the other way round, as many as wanted.
     *
     * @param start they began no later, epoch milliseconds
     * @param before those that began just then have a smaller id, if one is given
     */
    List<TraceFigures> latestTraces(long start, Optional<String> before, int most) {
        Predicate<TraceFigures> isWanted = trace -> trace.start() < start
                || (trace.start() == start
                        && before.map(id -> trace.id().compareTo(id) < 0).orElse(true));
        List<TraceFigures> found = new ArrayList<>();
        ownTraces.values().stream()
                .filter(SessionSnapshot::shows)
                .filter(isWanted)
                .forEach(found::add);
        int own = found.size();
        if (figures.traces()
                > ownTraces.values().stream().filter(SessionSnapshot::shows).count()) {
            Bytes to = StoreKeys.tracesAt(session, start + 1);
            try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().reverseRange(StoreKeys.traces(session), to)) {
                while (rows.hasNext() && found.size() - own < most) {
                    TraceFigures trace = TraceFigures.read(rows.next().value);
                    if (!ownTraces.containsKey(trace.id()) && shows(trace) && isWanted.test(trace)) {
                        found.add(trace);
                    }
                }
            }
        }
        found.sort(BY_START.reversed());
        return found.size() <= most ? found : found.subList(0, most);
    }

    /** The facts from a place on up to a time that are wanted, in order, at most so many. */
    List<StoredFact> facts(Fence from, long lastTime, Predicate<StoredFact> wanted, int most) {
        List<StoredFact> found = new ArrayList<>();
        NavigableMap<Fence, byte @Nullable []> ahead = new TreeMap<>(ownChunks);
        Fence before = ownChunkBefore(from);
        Bytes first = firstChunk(from);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.events().range(first, StoreKeys.behind(StoreKeys.chunks(session)))) {
            if (before != null) {
                ahead = new TreeMap<>(ahead.tailMap(before, true));
            }
            boolean go = true;
            while (go && (rows.hasNext() || !ahead.isEmpty())) {
                if (rows.hasNext()
                        && (ahead.isEmpty()
                                || StoreKeys.fence(rows.peekNextKey()).compareTo(ahead.firstKey()) <= 0)) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    Fence fence = StoreKeys.fence(row.key);
                    go = ownChunks.containsKey(fence)
                            || take(StoredFact.read(fence, row.value), from, lastTime, wanted, most, found);
                } else {
                    Map.Entry<Fence, byte @Nullable []> own = ahead.pollFirstEntry();
                    byte[] value = own.getValue();
                    go = value == null
                            || take(StoredFact.read(own.getKey(), value), from, lastTime, wanted, most, found);
                }
            }
        }
        return found;
    }

    /** The last own chunk that begins before a place: it may hold facts from there on; one that is gone holds none. */
    private @Nullable Fence ownChunkBefore(Fence place) {
        for (Map.Entry<Fence, byte @Nullable []> chunk :
                ownChunks.headMap(place, false).descendingMap().entrySet()) {
            if (chunk.getValue() != null) {
                return chunk.getKey();
            }
        }
        return null;
    }

    private static boolean take(
            List<StoredFact> facts,
            Fence from,
            long lastTime,
            Predicate<StoredFact> wanted,
            int most,
            List<StoredFact> found) {
        for (StoredFact fact : facts) {
            if (fact.place().time() > lastTime || found.size() >= most) {
                return false;
            }
            // A chunk may have been split since the own ones were read: what is found again is passed over.
            boolean again = !found.isEmpty()
                    && fact.place().compareTo(found.get(found.size() - 1).place()) <= 0;
            if (!again && fact.place().compareTo(from) >= 0 && wanted.test(fact)) {
                found.add(fact);
            }
        }
        return found.size() < most;
    }

    /** The key of the chunk that a place is in: chunks reach from their fence to the next one's. */
    private Bytes firstChunk(Fence place) {
        Bytes all = StoreKeys.chunks(session);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.events().reverseRange(all, StoreKeys.chunk(session, place))) {
            return rows.hasNext() ? rows.next().key : all;
        }
    }

    EventView event(StoredFact fact) {
        var event = fact.event();
        return new EventView(event, traceId(fact.trace()));
    }

    private Optional<String> traceId(long hash) {
        if (hash == TraceFigures.hashOf(TraceFigures.PREAMBLE)) {
            return Optional.empty();
        }
        return traceIds.computeIfAbsent(hash, wanted -> {
            for (String id : ownTraces.keySet()) {
                if (TraceFigures.hashOf(id) == wanted) {
                    return Optional.of(id);
                }
            }
            OptionalLong start = places().startOf(wanted);
            return start.isEmpty() ? Optional.empty() : storedTraceId(wanted, start.getAsLong());
        });
    }

    private Optional<String> storedTraceId(long hash, long start) {
        Bytes under = StoreKeys.tracesAt(session, start);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.traces().range(under, StoreKeys.tracesAt(session, start + 1))) {
            while (rows.hasNext()) {
                String id = StoreKeys.traceId(session, rows.next().key);
                if (TraceFigures.hashOf(id) == hash) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }
}
