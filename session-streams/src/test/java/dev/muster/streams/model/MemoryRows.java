/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A session's rows in memory, strict about what is deleted and overwritten. */
final class MemoryRows implements SessionRows {

    private record TraceRow(long start, byte[] value) {}

    private byte @Nullable [] session;
    private final TreeMap<Long, Long> windows = new TreeMap<>();
    private final TreeMap<Fence, byte[]> chunks = new TreeMap<>();
    private final Map<Long, TraceRow> traces = new HashMap<>();

    @Override
    public byte @Nullable [] session() {
        return session;
    }

    @Override
    public void putSession(byte[] value) {
        session = value;
    }

    @Override
    public void eachWindow(WindowConsumer consumer) {
        windows.forEach(consumer::accept);
    }

    @Override
    public void putWindow(long start, long end) {
        windows.put(start, end);
    }

    @Override
    public void deleteWindow(long start) {
        if (windows.remove(start) == null) {
            throw new IllegalStateException("no window at " + start);
        }
    }

    @Override
    public void eachChunk(BiConsumer<Fence, byte[]> consumer) {
        chunks.forEach(consumer);
    }

    @Override
    public byte[] chunk(Fence fence) {
        byte[] value = chunks.get(fence);
        if (value == null) {
            throw new IllegalStateException("no chunk at " + fence);
        }
        return value;
    }

    @Override
    public void putChunk(Fence fence, byte[] value) {
        chunks.put(fence, value);
    }

    @Override
    public void deleteChunk(Fence fence) {
        chunks.remove(fence);
    }

    @Override
    public void eachTrace(LongConsumer consumer) {
        traces.keySet().forEach(consumer::accept);
    }

    @Override
    public byte @Nullable [] trace(long hash) {
        TraceRow row = traces.get(hash);
        return row == null ? null : row.value;
    }

    @Override
    public void putTrace(long hash, String id, @Nullable Long writtenStart, long start, byte[] value) {
        TraceRow old = traces.put(hash, new TraceRow(start, value));
        if ((old == null) != (writtenStart == null)
                || (old != null && writtenStart != null && old.start != writtenStart)) {
            throw new IllegalStateException("the trace was written under another start");
        }
    }

    @Override
    public List<byte[]> tracesStartedBefore(long time) {
        return traces.values().stream()
                .filter(row -> row.start < time)
                .map(TraceRow::value)
                .toList();
    }

    @Override
    public void deleteTrace(long hash, String id, long writtenStart) {
        traces.remove(hash);
    }

    /** The closed windows. */
    Map<Long, Long> windows() {
        return windows;
    }

    Map<Fence, byte[]> chunks() {
        return chunks;
    }

    /** Every stored trace that has events, by id. */
    Map<String, TraceFigures> traces() {
        Map<String, TraceFigures> result = new TreeMap<>();
        traces.values().forEach(row -> {
            TraceFigures trace = TraceFigures.read(row.value);
            result.put(trace.id(), trace);
        });
        return result;
    }
}
