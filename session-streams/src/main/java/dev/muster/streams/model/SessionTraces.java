/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.LongObjectCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A session's traces, of which the changed ones and a few more are held. */
final class SessionTraces {

    private static final int HELD = 4;
    private static final int BYTES_PER_TRACE = 1500;
    private static final int BYTES_PER_HASH = 16;

    private final SessionRows rows;
    private final LongHashSet stored = new LongHashSet();
    private final LongObjectHashMap<TraceFigures> held = new LongObjectHashMap<>();

    SessionTraces(SessionRows rows) {
        this.rows = rows;
    }

    void load() {
        rows.eachTrace(stored::add);
    }

    /** The trace of an id, begun if it is new. */
    TraceFigures get(String id) {
        long hash = Hashes.of(id);
        TraceFigures trace = find(hash);
        if (trace == null) {
            trace = new TraceFigures(id);
            held.put(hash, trace);
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
        TraceFigures trace = held.get(hash);
        if (trace == null && stored.contains(hash)) {
            byte[] value = rows.trace(hash);
            if (value == null) {
                throw new IllegalStateException("a trace's row is gone: the state is damaged");
            }
            trace = TraceFigures.read(value);
            trace.storedStart = trace.start();
            held.put(hash, trace);
        }
        return trace;
    }

    /** Deletes the traces that ended before a time, epoch milliseconds, but for some. */
    void deleteEndedBefore(long time, LongPredicate spared) {
        for (byte[] value : rows.tracesStartedBefore(time)) {
            TraceFigures written = TraceFigures.read(value);
            long hash = written.hash();
            if (held.getOrDefault(hash, written).end() < time && !spared.test(hash)) {
                rows.deleteTrace(hash, written.id(), written.start());
                held.remove(hash);
                stored.remove(hash);
            }
        }
    }

    void write(StateOutput out) {
        for (LongObjectCursor<TraceFigures> cursor : held) {
            TraceFigures trace = cursor.value;
            if (!trace.dirty) {
                continue;
            }
            Long storedStart = trace.storedStart;
            if (trace.figures().events() > 0) {
                rows.putTrace(cursor.key, trace.id(), storedStart, trace.start(), trace.toBytes(out));
            } else if (storedStart != null) {
                rows.deleteTrace(cursor.key, trace.id(), storedStart);
            }
        }
    }

    void markClean() {
        List<Long> leave = new ArrayList<>();
        for (LongObjectCursor<TraceFigures> cursor : held) {
            TraceFigures trace = cursor.value;
            if (trace.dirty) {
                trace.dirty = false;
                boolean present = trace.figures().events() > 0;
                trace.storedStart = present ? trace.start() : null;
                if (present) {
                    stored.add(cursor.key);
                } else {
                    stored.remove(cursor.key);
                    leave.add(cursor.key);
                }
            } else if (held.size() > HELD) {
                leave.add(cursor.key);
            }
        }
        leave.forEach(held::remove);
    }

    /** The changed traces' values; one whose events are gone hides its row. */
    List<byte[]> unwritten(StateOutput out) {
        List<byte[]> result = new ArrayList<>();
        for (LongObjectCursor<TraceFigures> cursor : held) {
            if (cursor.value.dirty) {
                result.add(cursor.value.toBytes(out));
            }
        }
        return result;
    }

    int weight() {
        return held.size() * BYTES_PER_TRACE + stored.size() * BYTES_PER_HASH;
    }
}
