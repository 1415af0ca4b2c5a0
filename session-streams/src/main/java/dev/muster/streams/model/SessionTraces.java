/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import com.carrotsearch.hppc.predicates.LongObjectPredicate;
import dev.muster.streams.model.TraceLocations.TraceLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A session's traces. Held are those that are used and, from one writing to the next, those that lie in the session's row;
 * while the session rests, none.
 */
final class SessionTraces {

    private static final int BYTES_PER_TRACE = 1500;
    private static final Comparator<TraceAggregate> LATEST_FIRST =
            Comparator.comparingLong(TraceAggregate::end).reversed().thenComparing(TraceAggregate::id);

    private final SessionRows rows;
    private final RowLimits limits;
    private final TraceIndex index;
    /** Those that went by retention and still have a row. */
    private List<TraceAggregate> gone = List.of();

    private @Nullable LongObjectHashMap<TraceAggregate> awake = new LongObjectHashMap<>();

    SessionTraces(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        this.limits = limits;
        index = new TraceIndex(rows, limits);
    }

    /** Learns of the stored traces, and holds those in the session's row. */
    void load(Overlay overlay) {
        index.load(overlay.locations());
        inflate(overlay);
    }

    private LongObjectHashMap<TraceAggregate> held() {
        LongObjectHashMap<TraceAggregate> held = awake;
        if (held == null) {
            throw new IllegalStateException("the session rests");
        }
        return held;
    }

    /** The trace of an id, begun if it is new. */
    TraceAggregate get(String id) {
        long hash = Hashes.of(id);
        TraceAggregate trace = find(hash);
        if (trace == null) {
            trace = new TraceAggregate(id);
            held().put(hash, trace);
        }
        return trace;
    }

    /** The trace that a fact of the session is counted in. */
    TraceAggregate of(long hash) {
        TraceAggregate trace = find(hash);
        if (trace == null) {
            throw new IllegalStateException("the trace of a fact is gone: the state is damaged");
        }
        return trace;
    }

    private @Nullable TraceAggregate find(long hash) {
        TraceAggregate trace = held().get(hash);
        if (trace == null) {
            OptionalLong start = index.startOf(hash);
            if (start.isPresent()) {
                trace = TraceAggregate.read(rows.trace(hash, start.getAsLong()));
                trace.storedStart = trace.start();
                held().put(hash, trace);
            }
        }
        return trace;
    }

    /** Deletes the traces that ended before a time, epoch milliseconds, but for some. */
    void deleteEndedBefore(long time, LongPredicate spared) {
        gone = new ArrayList<>(gone);
        for (byte[] value : rows.tracesStartedBefore(time)) {
            TraceAggregate written = TraceAggregate.read(value);
            long hash = written.hash();
            if (index.startOf(hash).isPresent()
                    && held().getOrDefault(hash, written).end() < time
                    && !spared.test(hash)) {
                written.storedStart = written.start();
                gone.add(written);
                held().remove(hash);
                index.remove(hash);
            }
        }
        held().removeAll((LongObjectPredicate<TraceAggregate>)
                (hash, trace) -> trace.storedStart == null && trace.end() < time && !spared.test(hash));
    }

    /** Writes the rows of what has changed, and gives those that are to lie in the session's row. */
    List<byte[]> write(StateOutput out) {
        gone.forEach(this::delete);
        List<TraceAggregate> rowless = new ArrayList<>();
        for (ObjectCursor<TraceAggregate> cursor : held().values()) {
            TraceAggregate trace = cursor.value;
            boolean present = trace.figures().events() > 0;
            if (present && trace.storedStart == null) {
                rowless.add(trace);
            } else if (present && trace.dirty) {
                put(trace, trace.toBytes(out));
            } else if (!present && trace.storedStart != null) {
                delete(trace);
                index.remove(trace.hash());
            }
        }
        return embedded(rowless, out);
    }

    private void delete(TraceAggregate trace) {
        Long storedStart = trace.storedStart;
        if (storedStart != null) {
            rows.deleteTrace(trace.id(), storedStart);
        }
    }

    /** The latest of those without a row; the others get one, and keep it. */
    private List<byte[]> embedded(List<TraceAggregate> rowless, StateOutput out) {
        rowless.sort(LATEST_FIRST);
        List<byte[]> embedded = new ArrayList<>();
        for (TraceAggregate trace : rowless) {
            byte[] value = trace.toBytes(out);
            if (embedded.size() < limits.traces() && value.length <= limits.traceBytes()) {
                embedded.add(value);
            } else {
                put(trace, value);
            }
        }
        return embedded;
    }

    private void put(TraceAggregate trace, byte[] value) {
        Long storedStart = trace.storedStart;
        if (storedStart != null && storedStart != trace.start()) {
            delete(trace);
        }
        rows.putTrace(trace.id(), trace.start(), value);
        index.put(trace.hash(), trace.start());
    }

    /** Writes the locations that fill pages, and gives those that are to lie in the session's row. */
    List<TraceLocation> writeIndex(StateOutput out) {
        return index.write(out);
    }

    /** The locations of traces that are in no page. */
    List<TraceLocation> unwrittenIndex() {
        return index.unwritten();
    }

    /** The values of the traces whose rows are older or not there; one whose events are gone hides its row. */
    List<byte[]> unwritten(StateOutput out) {
        List<byte[]> result = new ArrayList<>();
        gone.forEach(trace -> result.add(new TraceAggregate(trace.id()).toBytes(out)));
        for (ObjectCursor<TraceAggregate> cursor : held().values()) {
            if (cursor.value.dirty || cursor.value.storedStart == null) {
                result.add(cursor.value.toBytes(out));
            }
        }
        return result;
    }

    /** Everything is written: no trace is held. */
    void compact() {
        awake = null;
        gone = List.of();
        index.compact();
    }

    /** Holds the traces that lie in the session's row. */
    void inflate(Overlay overlay) {
        index.inflate(overlay.locations());
        LongObjectHashMap<TraceAggregate> held = new LongObjectHashMap<>();
        for (byte[] value : overlay.traces()) {
            TraceAggregate trace = TraceAggregate.read(value);
            held.put(trace.hash(), trace);
        }
        awake = held;
    }

    int weight() {
        LongObjectHashMap<TraceAggregate> held = awake;
        return index.weight() + (held == null ? 0 : held.size() * BYTES_PER_TRACE);
    }
}
