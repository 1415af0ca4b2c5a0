/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A session's rows in memory, strict about what is deleted and overwritten. */
final class MemoryRows implements SessionRows {

    private record TraceKey(String id, long start) {}

    private byte @Nullable [] session;
    private final TreeMap<Long, Long> windows = new TreeMap<>();
    private final TreeMap<FactPosition, byte[]> chunks = new TreeMap<>();
    private final Map<TraceKey, byte[]> traces = new HashMap<>();
    private final List<byte[]> tracePages = new ArrayList<>();

    /** How many rows were put or deleted. */
    int puts;

    @Override
    public byte @Nullable [] session() {
        return session;
    }

    @Override
    public void putSession(byte[] value) {
        puts++;
        session = value;
    }

    @Override
    public void eachWindow(WindowConsumer consumer) {
        windows.forEach(consumer::accept);
    }

    @Override
    public void putWindow(long start, long end) {
        puts++;
        windows.put(start, end);
    }

    @Override
    public void deleteWindow(long start) {
        puts++;
        if (windows.remove(start) == null) {
            throw new IllegalStateException("no window at " + start);
        }
    }

    @Override
    public void eachChunk(BiConsumer<FactPosition, byte[]> consumer) {
        chunks.forEach(consumer);
    }

    @Override
    public byte[] chunk(FactPosition fence) {
        byte[] value = chunks.get(fence);
        if (value == null) {
            throw new IllegalStateException("no chunk at " + fence);
        }
        return value;
    }

    @Override
    public void putChunk(FactPosition fence, byte[] value) {
        puts++;
        chunks.put(fence, value);
    }

    @Override
    public void deleteChunk(FactPosition fence) {
        puts++;
        if (chunks.remove(fence) == null) {
            throw new IllegalStateException("no chunk at " + fence);
        }
    }

    @Override
    public void eachTracePage(Consumer<byte[]> consumer) {
        tracePages.forEach(consumer);
    }

    @Override
    public void putTracePage(int number, byte[] value) {
        puts++;
        if (number != tracePages.size()) {
            throw new IllegalStateException("page " + number + " after " + tracePages.size());
        }
        tracePages.add(value);
    }

    @Override
    public byte[] trace(long hash, long start) {
        return traces.entrySet().stream()
                .filter(row -> row.getKey().start == start && Hashes.of(row.getKey().id) == hash)
                .map(Map.Entry::getValue)
                .findAny()
                .orElseThrow();
    }

    @Override
    public void putTrace(String id, long start, byte[] value) {
        puts++;
        traces.put(new TraceKey(id, start), value);
        if (traces.keySet().stream().filter(key -> key.id.equals(id)).count() > 1) {
            throw new IllegalStateException("trace " + id + " was written under another start");
        }
    }

    @Override
    public List<byte[]> tracesStartedBefore(long time) {
        return traces.entrySet().stream()
                .filter(row -> row.getKey().start < time)
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public void deleteTrace(String id, long writtenStart) {
        puts++;
        if (traces.remove(new TraceKey(id, writtenStart)) == null) {
            throw new IllegalStateException("no trace " + id + " at " + writtenStart);
        }
    }

    /** The closed windows. */
    Map<Long, Long> windows() {
        return windows;
    }

    List<byte[]> tracePages() {
        return tracePages;
    }

    Map<FactPosition, byte[]> chunks() {
        return chunks;
    }

    /** All chunks, of which the last may lie in the session's row: then it has none of its own. */
    NavigableMap<FactPosition, byte[]> allChunks() {
        NavigableMap<FactPosition, byte[]> all = chunksOver(overlay());
        overlay().chunks().keySet().forEach(fence -> {
            if (chunks.containsKey(fence) || !fence.equals(all.lastKey())) {
                throw new IllegalStateException(
                        "the chunk in the session's row has one of its own, or is not the last");
            }
        });
        return all;
    }

    NavigableMap<FactPosition, byte[]> chunksOver(Overlay overlay) {
        NavigableMap<FactPosition, byte[]> result = new TreeMap<>(chunks);
        overlay.chunks().forEach((fence, value) -> {
            if (value == null) {
                result.remove(fence);
            } else {
                result.put(fence, value);
            }
        });
        return result;
    }

    /** All traces by id, of which some may lie in the session's row: then they have none of their own. */
    Map<String, TraceAggregate> allTraces() {
        Overlay overlay = overlay();
        Map<String, TraceAggregate> all = tracesOver(overlay);
        if (all.size() != traces.size() + overlay.traces().size()) {
            throw new IllegalStateException("a trace in the session's row has one of its own, or no events");
        }
        return all;
    }

    /** The traces that have a row, by id. */
    Map<String, TraceAggregate> traces() {
        return tracesOver(new Overlay(List.of(), Map.of(), List.of()));
    }

    Map<String, TraceAggregate> tracesOver(Overlay overlay) {
        Map<String, TraceAggregate> result = new TreeMap<>();
        Stream.concat(traces.values().stream(), overlay.traces().stream())
                .map(TraceAggregate::read)
                .forEach(trace -> result.put(trace.id(), trace));
        result.values().removeIf(trace -> trace.figures().events() == 0);
        return result;
    }

    /** What the session's row carries. */
    Overlay overlay() {
        return SessionRow.read(requireNonNull(session)).overlay();
    }
}
