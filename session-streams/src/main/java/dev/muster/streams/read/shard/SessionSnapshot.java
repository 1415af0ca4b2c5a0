/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.FactPosition;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.SessionCopy;
import dev.muster.streams.model.SessionRow;
import dev.muster.streams.model.StoredFact;
import dev.muster.streams.read.EventView;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** One session at one moment: what its own row carries laid over its other rows, whether it is live or stored. */
final class SessionSnapshot {

    private final PartitionStores stores;
    private final byte[] session;
    private final SessionAggregate figures;
    private final SnapshotTraces traces;
    /** The chunks in the session's own row. */
    private final NavigableMap<FactPosition, byte @Nullable []> ownChunks;

    private SessionSnapshot(PartitionStores stores, byte[] session, SessionRow row) {
        this.stores = stores;
        this.session = session;
        figures = row.figures();
        traces = new SnapshotTraces(stores, session, row);
        ownChunks = new TreeMap<>(row.overlay().chunks());
    }

    static Optional<SessionSnapshot> of(PartitionStores stores, RecordKey key) {
        byte[] session = StoreKeys.session(key.account(), key.sessionId());
        return row(stores, key)
                .map(row -> new SessionSnapshot(stores, session, SessionRow.read(row)))
                .filter(found -> isThere(found.figures));
    }

    /** A session's figures alone. */
    static Optional<SessionAggregate> figures(PartitionStores stores, RecordKey key) {
        return row(stores, key).map(SessionAggregate::read).filter(SessionSnapshot::isThere);
    }

    private static Optional<byte[]> row(PartitionStores stores, RecordKey key) {
        Bytes session = Bytes.wrap(StoreKeys.session(key.account(), key.sessionId()));
        return stores.live()
                .flatMap(sessions -> sessions.copy(key))
                .map(SessionCopy::row)
                .or(() -> Optional.ofNullable(stores.sessions().get(session)));
    }

    /** Whether anything happened in a session: a command alone leaves a row too. */
    static boolean isThere(SessionAggregate session) {
        return session.figures().events() > 0;
    }

    SessionAggregate figures() {
        return figures;
    }

    SnapshotTraces traces() {
        return traces;
    }

    /** Finds the facts from a place on up to a time that are wanted, in order. */
    FactPage facts(FactPosition from, long lastTime, Predicate<StoredFact> wanted, FactPage found) {
        NavigableMap<FactPosition, byte @Nullable []> ahead = new TreeMap<>(ownChunks);
        FactPosition before = ownChunkBefore(from);
        Bytes first = firstChunk(from);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.events().range(first, StoreKeys.endOf(StoreKeys.chunks(session)))) {
            if (before != null) {
                ahead = new TreeMap<>(ahead.tailMap(before, true));
            }
            boolean go = true;
            while (go && (rows.hasNext() || !ahead.isEmpty())) {
                if (rows.hasNext()
                        && (ahead.isEmpty()
                                || StoreKeys.fence(rows.peekNextKey()).compareTo(ahead.firstKey()) <= 0)) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    FactPosition fence = StoreKeys.fence(row.key);
                    go = ownChunks.containsKey(fence)
                            || take(StoredFact.read(fence, row.value), from, lastTime, wanted, found);
                } else {
                    Map.Entry<FactPosition, byte @Nullable []> own = ahead.pollFirstEntry();
                    byte[] value = own.getValue();
                    go = value == null || take(StoredFact.read(own.getKey(), value), from, lastTime, wanted, found);
                }
            }
        }
        return found;
    }

    /** The facts before a place, the latest first: those of whole chunks, as many as it takes to have so many. */
    List<StoredFact> factsBefore(FactPosition place, int enough) {
        List<StoredFact> found = new ArrayList<>();
        NavigableMap<FactPosition, byte @Nullable []> own =
                new TreeMap<>(ownChunks.headMap(place, true)).descendingMap();
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.events().reverseRange(StoreKeys.chunks(session), StoreKeys.chunk(session, place))) {
            while (found.size() < enough && (rows.hasNext() || !own.isEmpty())) {
                boolean isOwnNext = !rows.hasNext()
                        || (!own.isEmpty() && own.firstKey().compareTo(StoreKeys.fence(rows.peekNextKey())) >= 0);
                if (isOwnNext) {
                    Map.Entry<FactPosition, byte @Nullable []> chunk = own.pollFirstEntry();
                    takeBackwards(chunk.getKey(), chunk.getValue(), place, found);
                } else {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    FactPosition fence = StoreKeys.fence(row.key);
                    takeBackwards(fence, ownChunks.containsKey(fence) ? null : row.value, place, found);
                }
            }
        }
        if (found.size() < enough) {
            takeFirstChunk(place, found);
        }
        return found;
    }

    /** The session's first chunk also holds what is earlier than its fence: it is not among those before a place there. */
    private void takeFirstChunk(FactPosition place, List<StoredFact> found) {
        Map.Entry<FactPosition, byte @Nullable []> first = null;
        for (Map.Entry<FactPosition, byte @Nullable []> chunk : ownChunks.entrySet()) {
            if (first == null && chunk.getValue() != null) {
                first = chunk;
            }
        }
        Bytes all = StoreKeys.chunks(session);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.events().range(all, StoreKeys.endOf(all))) {
            boolean isThrough = false;
            while (!isThrough && rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                FactPosition fence = StoreKeys.fence(row.key);
                isThrough = !ownChunks.containsKey(fence);
                if (isThrough && (first == null || fence.compareTo(first.getKey()) < 0)) {
                    first = Map.entry(fence, row.value);
                }
            }
        }
        if (first != null && first.getKey().compareTo(place) > 0) {
            takeBackwards(first.getKey(), first.getValue(), place, found);
        }
    }

    private static void takeBackwards(
            FactPosition fence, byte @Nullable [] chunk, FactPosition place, List<StoredFact> found) {
        List<StoredFact> facts = chunk == null ? List.of() : StoredFact.read(fence, chunk);
        for (int i = facts.size() - 1; i >= 0; i--) {
            FactPosition limit =
                    found.isEmpty() ? place : found.get(found.size() - 1).place();
            if (facts.get(i).place().compareTo(limit) < 0) {
                found.add(facts.get(i));
            }
        }
    }

    /** The last own chunk that begins before a place: it may hold facts from there on; one that is gone holds none. */
    private @Nullable FactPosition ownChunkBefore(FactPosition place) {
        for (Map.Entry<FactPosition, byte @Nullable []> chunk :
                ownChunks.headMap(place, false).descendingMap().entrySet()) {
            if (chunk.getValue() != null) {
                return chunk.getKey();
            }
        }
        return null;
    }

    private static boolean take(
            List<StoredFact> facts, FactPosition from, long lastTime, Predicate<StoredFact> wanted, FactPage found) {
        for (StoredFact fact : facts) {
            if (fact.place().time() > lastTime || found.isFull()) {
                return false;
            }
            // A chunk may have been split since the own ones were read: what is found again is passed over.
            boolean again = found.last()
                    .filter(last -> fact.place().compareTo(last.place()) <= 0)
                    .isPresent();
            if (!again && fact.place().compareTo(from) >= 0 && wanted.test(fact)) {
                found.add(fact);
            }
        }
        return !found.isFull();
    }

    /** The key of the chunk that a place is in: chunks reach from their fence to the next one's. */
    private Bytes firstChunk(FactPosition place) {
        Bytes all = StoreKeys.chunks(session);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.events().reverseRange(all, StoreKeys.chunk(session, place))) {
            return rows.hasNext() ? rows.next().key : all;
        }
    }

    EventView event(StoredFact fact) {
        return new EventView(
                fact.event(), traces.idOf(fact.trace(), fact.place().time()));
    }
}
