/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.SessionRow;
import dev.muster.streams.model.TraceAggregate;
import dev.muster.streams.model.TraceLocations;
import dev.muster.streams.model.TraceLocations.TraceLocation;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** One session's traces at one moment: those that its own row carries laid over those that have rows. */
final class SnapshotTraces {

    private static final int NEAR_TRACES = 16;
    private static final Comparator<TraceAggregate> BY_START =
            Comparator.comparingLong(TraceAggregate::start).thenComparing(TraceAggregate::id);

    private final PartitionStores stores;
    private final byte[] session;
    /** How many there are, with a row or without. */
    private final long count;

    private final Map<String, TraceAggregate> ownTraces = new HashMap<>();
    private final List<TraceLocation> ownLocations;
    private @Nullable TraceLocations locations;
    private final Map<Long, Optional<String>> ids = new HashMap<>();

    SnapshotTraces(PartitionStores stores, byte[] session, SessionRow row) {
        this.stores = stores;
        this.session = session;
        count = row.figures().traces();
        row.overlay().traces().stream().map(TraceAggregate::read).forEach(trace -> ownTraces.put(trace.id(), trace));
        ownLocations = row.overlay().locations();
    }

    Optional<TraceAggregate> find(String id) {
        TraceAggregate own = ownTraces.get(id);
        return Optional.ofNullable(own)
                .or(() -> storedTrace(id).map(TraceAggregate::read))
                .filter(SnapshotTraces::shows);
    }

    private Optional<byte[]> storedTrace(String id) {
        OptionalLong start = locations().startOf(TraceAggregate.hashOf(id));
        return start.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(stores.traces().get(StoreKeys.trace(session, start.getAsLong(), id)));
    }

    /** Where the traces have their rows: read when it is first asked for. */
    private TraceLocations locations() {
        TraceLocations read = locations;
        if (read == null) {
            read = new TraceLocations();
            Bytes pages = StoreKeys.tracePages(session);
            try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().range(pages, StoreKeys.endOf(pages))) {
                while (rows.hasNext()) {
                    read.applyPage(rows.next().value);
                }
            }
            read.apply(ownLocations);
            locations = read;
        }
        return read;
    }

    private static boolean shows(TraceAggregate trace) {
        return trace.figures().events() > 0 && !trace.id().equals(TraceAggregate.PREAMBLE);
    }

    /** The traces behind a place, by start and id, as many as wanted. */
    List<TraceAggregate> after(Optional<Position> after, int limit) {
        List<TraceAggregate> found = new ArrayList<>();
        Predicate<TraceAggregate> isLater = trace -> after.isEmpty()
                || trace.start() > after.get().value()
                || (trace.start() == after.get().value()
                        && trace.id().compareTo(after.get().id()) > 0);
        ownTraces.values().stream()
                .filter(SnapshotTraces::shows)
                .filter(isLater)
                .forEach(found::add);
        int own = found.size();
        Bytes all = StoreKeys.traces(session);
        Bytes from = after.map(position -> StoreKeys.trace(session, position.value(), position.id()))
                .orElse(all);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().range(from, StoreKeys.endOf(all))) {
            while (rows.hasNext() && found.size() - own < limit) {
                TraceAggregate trace = TraceAggregate.read(rows.next().value);
                if (!ownTraces.containsKey(trace.id()) && shows(trace) && isLater.test(trace)) {
                    found.add(trace);
                }
            }
        }
        found.sort(BY_START);
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /**
     * The traces up to a place, the latest begun first, by id the other way round, as many as wanted.
     *
     * @param start they began no later, epoch milliseconds
     * @param before those that began just then have a smaller id, if one is given
     */
    List<TraceAggregate> latest(long start, Optional<String> before, int limit) {
        Predicate<TraceAggregate> isWanted = trace -> trace.start() < start
                || (trace.start() == start
                        && before.map(id -> trace.id().compareTo(id) < 0).orElse(true));
        List<TraceAggregate> found = new ArrayList<>();
        ownTraces.values().stream()
                .filter(SnapshotTraces::shows)
                .filter(isWanted)
                .forEach(found::add);
        int own = found.size();
        if (count > ownTraces.values().stream().filter(SnapshotTraces::shows).count()) {
            Bytes to = StoreKeys.tracesAt(session, start + 1);
            try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().reverseRange(StoreKeys.traces(session), to)) {
                while (rows.hasNext() && found.size() - own < limit) {
                    TraceAggregate trace = TraceAggregate.read(rows.next().value);
                    if (!ownTraces.containsKey(trace.id()) && shows(trace) && isWanted.test(trace)) {
                        found.add(trace);
                    }
                }
            }
        }
        found.sort(BY_START.reversed());
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /** The id of a fact's trace. */
    Optional<String> idOf(long hash, long time) {
        if (hash == TraceAggregate.hashOf(TraceAggregate.PREAMBLE)) {
            return Optional.empty();
        }
        return ids.computeIfAbsent(hash, wanted -> {
            for (String id : ownTraces.keySet()) {
                if (TraceAggregate.hashOf(id) == wanted) {
                    return Optional.of(id);
                }
            }
            return nearId(wanted, time).or(() -> {
                OptionalLong start = locations().startOf(wanted);
                return start.isEmpty() ? Optional.empty() : storedId(wanted, start.getAsLong());
            });
        });
    }

    /** Looks among the traces that began last before a fact, where its own mostly is: reading all places takes far longer. */
    private Optional<String> nearId(long hash, long time) {
        Bytes to = StoreKeys.tracesAt(session, time + 1);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().reverseRange(StoreKeys.traces(session), to)) {
            for (int i = 0; i < NEAR_TRACES && rows.hasNext(); i++) {
                String id = StoreKeys.traceId(session, rows.next().key);
                if (TraceAggregate.hashOf(id) == hash) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> storedId(long hash, long start) {
        Bytes under = StoreKeys.tracesAt(session, start);
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.traces().range(under, StoreKeys.tracesAt(session, start + 1))) {
            while (rows.hasNext()) {
                String id = StoreKeys.traceId(session, rows.next().key);
                if (TraceAggregate.hashOf(id) == hash) {
                    return Optional.of(id);
                }
            }
        }
        return Optional.empty();
    }
}
