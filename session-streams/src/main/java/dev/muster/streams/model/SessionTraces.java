/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import com.carrotsearch.hppc.predicates.LongObjectPredicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A session's traces. Held are those that are used and, from one writing to the next, those that lie in the session's row;
 * while the session rests, none.
 */
final class SessionTraces {

    private static final int BYTES_PER_TRACE = 1500;
    private static final int BYTES_PER_HASH = 16;
    private static final Comparator<TraceFigures> LATEST_FIRST =
            Comparator.comparingLong(TraceFigures::end).reversed().thenComparing(TraceFigures::id);

    private final SessionRows rows;
    private final RowLimits limits;
    /** The hashes of the ids of those that have a row of their own. */
    private final LongHashSet stored = new LongHashSet();

    private @Nullable LongObjectHashMap<TraceFigures> awake = new LongObjectHashMap<>();

    SessionTraces(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        this.limits = limits;
    }

    /** Learns of the stored traces, and holds those in the session's row. */
    void load(List<byte[]> embedded) {
        rows.eachTrace(stored::add);
        wake(embedded);
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
        if (trace == null && stored.contains(hash)) {
            byte[] value = rows.trace(hash);
            if (value == null) {
                throw new IllegalStateException("a trace's row is gone: the state is damaged");
            }
            trace = TraceFigures.read(value);
            trace.storedStart = trace.start();
            held().put(hash, trace);
        }
        return trace;
    }

    /** Deletes the traces that ended before a time, epoch milliseconds, but for some. */
    void deleteEndedBefore(long time, LongPredicate spared) {
        for (byte[] value : rows.tracesStartedBefore(time)) {
            TraceFigures written = TraceFigures.read(value);
            long hash = written.hash();
            if (held().getOrDefault(hash, written).end() < time && !spared.test(hash)) {
                rows.deleteTrace(hash, written.id(), written.start());
                held().remove(hash);
                stored.remove(hash);
            }
        }
        held().removeAll((LongObjectPredicate<TraceFigures>)
                (hash, trace) -> trace.storedStart == null && trace.end() < time && !spared.test(hash));
    }

    /** Writes the rows of what has changed, and gives those that are to lie in the session's row. */
    List<byte[]> write(StateOutput out) {
        List<TraceFigures> rowless = new ArrayList<>();
        for (ObjectCursor<TraceFigures> cursor : held().values()) {
            TraceFigures trace = cursor.value;
            Long storedStart = trace.storedStart;
            boolean present = trace.figures().events() > 0;
            if (present && storedStart == null) {
                rowless.add(trace);
            } else if (present && trace.dirty) {
                put(trace, trace.toBytes(out));
            } else if (!present && storedStart != null) {
                rows.deleteTrace(trace.hash(), trace.id(), storedStart);
                stored.remove(trace.hash());
            }
        }
        return embedded(rowless, out);
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
        rows.putTrace(trace.hash(), trace.id(), trace.storedStart, trace.start(), value);
        stored.add(trace.hash());
    }

    /** The values of the traces whose rows are older or not there; one whose events are gone hides its row. */
    List<byte[]> unwritten(StateOutput out) {
        List<byte[]> result = new ArrayList<>();
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
    }

    /** Holds the traces that lie in the session's row. */
    void wake(List<byte[]> embedded) {
        LongObjectHashMap<TraceFigures> held = new LongObjectHashMap<>();
        for (byte[] value : embedded) {
            TraceFigures trace = TraceFigures.read(value);
            held.put(trace.hash(), trace);
        }
        awake = held;
    }

    int weight() {
        LongObjectHashMap<TraceFigures> held = awake;
        return stored.size() * BYTES_PER_HASH + (held == null ? 0 : held.size() * BYTES_PER_TRACE);
    }
}
