/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A session's chunks in the order of their fences, of which only the changed ones and the last are held. */
final class Chunks {

    private static final int BYTES_PER_FENCE = 48;
    /** From so many facts on the last chunk is not held once it is written. */
    private static final int SEALED_FROM = Chunk.MAX_ROWS / 2;

    private final SessionRows rows;
    private final List<Fence> fences = new ArrayList<>();
    private final Map<Fence, Chunk> held = new HashMap<>();
    private final Set<Fence> changed = new HashSet<>();
    private final Set<Fence> deleted = new HashSet<>();
    private int heldBytes;
    /** No fact lies behind this place. */
    private Fence end = Fence.at(Long.MIN_VALUE);
    /** Whether facts behind the last chunk begin a new one, so that it need not be read. */
    private boolean lastIsSealed;

    Chunks(SessionRows rows) {
        this.rows = rows;
    }

    /** Learns of the stored chunks, whose values are shown to a reader of their facts. */
    void load(BiFunction<Fence, byte[], List<FactRow>> reader) {
        rows.eachChunk((fence, value) -> {
            fences.add(fence);
            List<FactRow> facts = reader.apply(fence, value);
            end = facts.get(facts.size() - 1).fence();
            lastIsSealed = facts.size() >= SEALED_FROM;
        });
    }

    int count() {
        return fences.size();
    }

    Fence fence(int index) {
        return fences.get(index);
    }

    /** A chunk to be looked at. */
    Chunk get(int index) {
        return get(fences.get(index));
    }

    private Chunk get(Fence fence) {
        Chunk chunk = held.get(fence);
        return chunk != null ? chunk : Chunk.read(fence, rows.chunk(fence)).inCurrentSchema();
    }

    /** The chunk that a place is in: the last one that begins there or before, or the first. */
    int indexOf(Fence place) {
        int last = fences.size() - 1;
        if (last >= 0 && fences.get(last).compareTo(place) <= 0) {
            return last;
        }
        int at = Collections.binarySearch(fences, place);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    void insert(FactRow row) {
        boolean behindAll = end.compareTo(row.fence()) < 0;
        end = behindAll ? row.fence() : end;
        if (fences.isEmpty() || (behindAll && lastIsSealed && last().compareTo(row.fence()) < 0)) {
            open(Chunk.of(row));
            return;
        }
        int index = indexOf(row.fence());
        Chunk chunk = hold(fences.get(index));
        if (chunk.isFullFor(row)
                && index == fences.size() - 1
                && chunk.endsBefore(row.fence())
                && chunk.fence.compareTo(row.fence()) < 0) {
            open(Chunk.of(row));
            return;
        }
        heldBytes += row.weight();
        chunk.insert(row);
        change(chunk.fence);
        splitIfTooLarge(chunk);
    }

    void replace(FactRow row) {
        Chunk chunk = hold(fences.get(indexOf(row.fence())));
        heldBytes -= chunk.weight();
        chunk.replace(row);
        heldBytes += chunk.weight();
        change(chunk.fence);
        splitIfTooLarge(chunk);
    }

    void remove(Fence place) {
        Chunk chunk = hold(fences.get(indexOf(place)));
        heldBytes -= chunk.weight();
        chunk.remove(place);
        heldBytes += chunk.weight();
        change(chunk.fence);
        if (chunk.rows().isEmpty()) {
            drop(chunk.fence);
        }
    }

    private void splitIfTooLarge(Chunk chunk) {
        if (chunk.isTooLarge()) {
            drop(chunk.fence);
            for (Chunk half : chunk.halves()) {
                open(half);
                splitIfTooLarge(half);
            }
        }
    }

    private void open(Chunk chunk) {
        fences.add(-Collections.binarySearch(fences, chunk.fence) - 1, chunk.fence);
        held.put(chunk.fence, chunk);
        heldBytes += chunk.weight();
        change(chunk.fence);
        lastIsSealed &= !chunk.fence.equals(last());
    }

    private Fence last() {
        return fences.get(fences.size() - 1);
    }

    void drop(Fence fence) {
        fences.remove(Collections.binarySearch(fences, fence));
        Chunk chunk = held.remove(fence);
        heldBytes -= chunk == null ? 0 : chunk.weight();
        changed.remove(fence);
        deleted.add(fence);
        lastIsSealed = false;
    }

    private void change(Fence fence) {
        changed.add(fence);
        deleted.remove(fence);
    }

    private Chunk hold(Fence fence) {
        Chunk chunk = held.get(fence);
        if (chunk == null) {
            chunk = get(fence);
            held.put(fence, chunk);
            heldBytes += chunk.weight();
        }
        return chunk;
    }

    void write(StateOutput out) {
        unwritten(out).forEach((fence, value) -> {
            if (value == null) {
                rows.deleteChunk(fence);
            } else {
                rows.putChunk(fence, value);
            }
        });
    }

    /** The changed chunks' values by their fence, null for a deleted one. */
    Map<Fence, byte @Nullable []> unwritten(StateOutput out) {
        Map<Fence, byte @Nullable []> result = new HashMap<>();
        deleted.forEach(fence -> result.put(fence, null));
        changed.forEach(fence -> result.put(fence, get(fence).toBytes(out)));
        return result;
    }

    /** Only the last chunk stays held, and it only while it is small. */
    void markClean() {
        deleted.clear();
        changed.clear();
        Chunk last = fences.isEmpty() ? null : held.get(last());
        boolean stays = last != null && last.rows().size() < SEALED_FROM;
        lastIsSealed |= last != null && !stays;
        held.values().removeIf(chunk -> chunk != last || !stays);
        heldBytes = 0;
        for (Chunk chunk : held.values()) {
            heldBytes += chunk.weight();
        }
    }

    int weight() {
        return heldBytes + fences.size() * BYTES_PER_FENCE;
    }
}
