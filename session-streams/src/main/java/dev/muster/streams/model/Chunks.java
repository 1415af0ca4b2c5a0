/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A session's chunks in the order of their fences. Held are those that changed, until they are written, and the last one
 * while it lies in the session's row; while the session rests, none.
 */
final class Chunks {

    private final SessionRows rows;
    private final RowLimits limits;
    private final FactPositions fences = new FactPositions();
    private Map<FactPosition, Chunk> held = new HashMap<>();
    /** Chunks that are gone and still have a row. */
    private Set<FactPosition> deleted = new HashSet<>();

    private int heldBytes;
    /** No fact lies behind this place. */
    private FactPosition end = FactPosition.at(Long.MIN_VALUE);

    Chunks(SessionRows rows, RowLimits limits) {
        this.rows = rows;
        this.limits = limits;
    }

    /** Learns of the stored chunks, whose values are shown to a reader of their facts, and holds the one in the row. */
    void load(Map<FactPosition, byte @Nullable []> embedded, BiFunction<FactPosition, byte[], List<FactRow>> reader) {
        BiConsumer<FactPosition, byte[]> learn = (fence, value) -> {
            fences.add(fence);
            List<FactRow> facts = reader.apply(fence, value);
            end = facts.get(facts.size() - 1).fence();
        };
        rows.eachChunk(learn);
        embedded.forEach(learn);
        inflate(embedded);
    }

    int count() {
        return fences.size();
    }

    FactPosition fence(int index) {
        return fences.get(index);
    }

    /** A chunk to be looked at. */
    Chunk get(int index) {
        return get(fences.get(index));
    }

    private Chunk get(FactPosition fence) {
        Chunk chunk = held.get(fence);
        if (chunk == null) {
            chunk = Chunk.read(fence, rows.chunk(fence)).inCurrentSchema();
            chunk.stored = true;
        }
        return chunk;
    }

    /** The chunk that a place is in: the last one that begins there or before, or the first. */
    int indexOf(FactPosition place) {
        return fences.lastUpTo(place);
    }

    void insert(FactRow row) {
        boolean behindAll = end.compareTo(row.fence()) < 0;
        end = behindAll ? row.fence() : end;
        if (fences.size() == 0 || (behindAll && lastIsSealed() && fences.last().compareTo(row.fence()) < 0)) {
            open(Chunk.of(row));
            return;
        }
        int index = indexOf(row.fence());
        Chunk chunk = hold(fences.get(index));
        if (chunk.isFullFor(row, limits.chunkFacts())
                && index == fences.size() - 1
                && chunk.endsBefore(row.fence())
                && chunk.fence.compareTo(row.fence()) < 0) {
            open(Chunk.of(row));
            return;
        }
        heldBytes += row.weight();
        chunk.insert(row);
        splitIfTooLarge(chunk);
    }

    void replace(FactRow row) {
        Chunk chunk = hold(fences.get(indexOf(row.fence())));
        heldBytes -= chunk.weight();
        chunk.replace(row);
        heldBytes += chunk.weight();
        splitIfTooLarge(chunk);
    }

    void remove(FactPosition place) {
        Chunk chunk = hold(fences.get(indexOf(place)));
        heldBytes -= chunk.weight();
        chunk.remove(place);
        heldBytes += chunk.weight();
        if (chunk.rows().isEmpty()) {
            drop(chunk.fence);
        }
    }

    private void splitIfTooLarge(Chunk chunk) {
        if (chunk.isTooLarge(limits.chunkFacts())) {
            drop(chunk.fence);
            for (Chunk half : chunk.halves()) {
                open(half);
                splitIfTooLarge(half);
            }
        }
    }

    private void open(Chunk chunk) {
        fences.add(chunk.fence);
        chunk.stored = deleted.remove(chunk.fence);
        held.put(chunk.fence, chunk);
        heldBytes += chunk.weight();
    }

    /** Whether facts behind the last chunk begin a new one: it has its row, and is not read to be appended to. */
    private boolean lastIsSealed() {
        Chunk chunk = held.get(fences.last());
        return chunk == null || chunk.stored;
    }

    void drop(FactPosition fence) {
        fences.remove(fence);
        Chunk chunk = held.remove(fence);
        heldBytes -= chunk == null ? 0 : chunk.weight();
        if (chunk == null || chunk.stored) {
            deleted.add(fence);
        }
    }

    /** Holds a chunk that is about to change. */
    private Chunk hold(FactPosition fence) {
        Chunk chunk = held.get(fence);
        if (chunk == null) {
            chunk = get(fence);
            held.put(fence, chunk);
            heldBytes += chunk.weight();
        }
        return chunk;
    }

    /** Writes the rows of what has changed, and gives the last chunk if it is to lie in the session's row. */
    Map<FactPosition, byte @Nullable []> write(StateOutput out) {
        deleted.forEach(rows::deleteChunk);
        Map<FactPosition, byte @Nullable []> embedded = new HashMap<>(2);
        for (Chunk chunk : held.values()) {
            byte[] value = chunk.toBytes(out);
            if (isOpen(chunk) && value.length <= limits.openChunkBytes()) {
                embedded.put(chunk.fence, value);
            } else {
                rows.putChunk(chunk.fence, value);
            }
        }
        return embedded;
    }

    private boolean isOpen(Chunk chunk) {
        return !chunk.stored && chunk.rows().size() < limits.openFacts() && chunk.fence.equals(fences.last());
    }

    /** The values of the chunks whose rows are older, by their fence; null for one that is gone. */
    Map<FactPosition, byte @Nullable []> unwritten(StateOutput out) {
        Map<FactPosition, byte @Nullable []> result = new HashMap<>();
        deleted.forEach(fence -> result.put(fence, null));
        held.values().forEach(chunk -> result.put(chunk.fence, chunk.toBytes(out)));
        return result;
    }

    /** Everything is written: nothing is held. */
    void compact() {
        held = Map.of();
        deleted = Set.of();
        heldBytes = 0;
    }

    /** Holds what lies in the session's row. */
    void inflate(Map<FactPosition, byte @Nullable []> embedded) {
        held = new HashMap<>(4);
        deleted = new HashSet<>(4);
        embedded.forEach((fence, value) -> {
            if (value == null) {
                throw new IllegalStateException("a stored row hides the chunk at " + fence + ": the state is damaged");
            }
            Chunk chunk = Chunk.read(fence, value).inCurrentSchema();
            held.put(fence, chunk);
            heldBytes += chunk.weight();
        });
    }

    int weight() {
        return heldBytes + fences.weight();
    }
}
