/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import com.carrotsearch.hppc.predicates.LongObjectPredicate;
import dev.muster.streams.model.TracePlaces.Word;
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
    private static final Comparator<TraceFigures> LATEST_FIRST =
            Comparator.comparingLong(TraceFigures::end).reversed().thenComparing(TraceFigures::id);

    private final SessionRows rows;
    private final RowLimits limits;
    private final TraceIndex index;
    /** Those that went by retention and still have a row. */
    private List<TraceFigures> gone = List.of();

    private @Nullable LongObjectHashMap<TraceFigures> awake = new LongObjectHashMap<>();

    SessionTraces(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        this.limits = limits;
        index = new TraceIndex(rows, limits);
    }

    /** Learns of the stored traces, and holds those in the session's row. */
    void load(Overlay overlay) {
        index.load(overlay.words());
        wake(overlay);
    }

    private LongObjectHashMap<TraceFigures> held() {
        LongObjectHashMap<TraceFigures> held = awake;
        if (held == null) {
            throw new IllegalStateException("the session rests");
        }
        return held;
    }

    /** The trace of an id, begun if it is new. */
    TraceFigures get(String id) {
        long hash = Hashes.of(id);
        TraceFigures trace = find(hash);
        if (trace == null) {
            trace = new TraceFigures(id);
            held().put(hash, trace);
        }
        return trace;
    }

    /** The trace that a fact of the session is counted in. */
    TraceFigures of(long hash) {
        TraceFigures trace = find(hash);
        if (trace == null) {
            throw new IllegalStateException("the trace of a fact is gone: the state is damaged");
        }
        return trace;
    }

    private @Nullable TraceFigures find(long hash) {
        TraceFigures trace = held().get(hash);
        if (trace == null) {
            OptionalLong start = index.startOf(hash);
            if (start.isPresent()) {
                trace = TraceFigures.read(rows.trace(hash, start.getAsLong()));
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
            TraceFigures written = TraceFigures.read(value);
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
        held().removeAll((LongObjectPredicate<TraceFigures>)
                (hash, trace) -> trace.storedStart == null && trace.end() < time && !spared.test(hash));
    }

    /** Writes the rows of what has changed, and gives those that are to lie in the session's row. */
    List<byte[]> write(StateOutput out) {
        gone.forEach(this::delete);
        List<TraceFigures> rowless = new ArrayList<>();
        for (ObjectCursor<TraceFigures> cursor : held().values()) {
            TraceFigures trace = cursor.value;
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

    private void delete(TraceFigures trace) {
        Long storedStart = trace.storedStart;
        if (storedStart != null) {
            rows.deleteTrace(trace.id(), storedStart);
        }
    }

    /** The latest of those without a row; the others get one, and keep it. */
    private List<byte[]> embedded(List<TraceFigures> rowless, StateOutput out) {
        rowless.sort(LATEST_FIRST);
        List<byte[]> embedded = new ArrayList<>();
        for (TraceFigures trace : rowless) {
            byte[] value = trace.toBytes(out);
            if (embedded.size() < limits.traces() && value.length <= limits.traceBytes()) {
                embedded.add(value);
            } else {
                put(trace, value);
            }
        }
        return embedded;
    }

    private void put(TraceFigures trace, byte[] value) {
        Long storedStart = trace.storedStart;
        if (storedStart != null && storedStart != trace.start()) {
            delete(trace);
        }
        rows.putTrace(trace.id(), trace.start(), value);
        index.put(trace.hash(), trace.start());
    }

    /** Writes the words on the places that fill pages, and gives those that are to lie in the session's row. */
    List<Word> writeIndex(StateOutput out) {
        return index.write(out);
    }

    /** The words on the places of traces that are in no page. */
    List<Word> unwrittenIndex() {
        return index.unwritten();
    }

    /** The values of the traces whose rows are older or not there; one whose events are gone hides its row. */
    List<byte[]> unwritten(StateOutput out) {
        List<byte[]> result = new ArrayList<>();
        gone.forEach(trace -> result.add(new TraceFigures(trace.id()).toBytes(out)));
        for (ObjectCursor<TraceFigures> cursor : held().values()) {
            if (cursor.value.dirty || cursor.value.storedStart == null) {
                result.add(cursor.value.toBytes(out));
            }
        }
        return result;
    }

    /** Everything is written: no trace is held. */
    void rest() {
        awake = null;
        gone = List.of();
        index.rest();
    }

    /** Holds the traces that lie in the session's row. */
    void wake(Overlay overlay) {
        index.wake(overlay.words());
        LongObjectHashMap<TraceFigures> held = new LongObjectHashMap<>();
        for (byte[] value : overlay.traces()) {
            TraceFigures trace = TraceFigures.read(value);
            held.put(trace.hash(), trace);
        }
        awake = held;
    }

    int weight() {
        LongObjectHashMap<TraceFigures> held = awake;
        return index.weight() + (held == null ? 0 : held.size() * BYTES_PER_TRACE);
    }
}
