/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongLongHashMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session's facts: the id of every one in memory, the bodies in chunks, of which only the changed ones and the last are
 * held.
 */
final class SessionFacts {

    private static final int BYTES_PER_ID = 40;
    private static final int BYTES_PER_FENCE = 48;

    private final SessionRows rows;
    private final LongLongHashMap timeOf = new LongLongHashMap();
    private final List<Fence> fences = new ArrayList<>();
    private final Map<Fence, Chunk> held = new HashMap<>();
    private final Set<Fence> changed = new HashSet<>();
    private final Set<Fence> deleted = new HashSet<>();
    private int heldBytes;

    SessionFacts(SessionRows rows) {
        this.rows = rows;
    }

    /** Learns of the stored facts, and shows each without its body. */
    void load(Consumer<FactRow> seen) {
        rows.eachChunk((fence, value) -> {
            fences.add(fence);
            for (FactRow row : Chunk.readHeads(value)) {
                timeOf.put(row.id(), row.time());
                seen.accept(row);
            }
        });
    }

    boolean has(long id) {
        return timeOf.containsKey(id);
    }

    int count() {
        return timeOf.size();
    }

    /** The fact of an id; null when there is none. */
    @Nullable
    FactRow find(long id) {
        if (!timeOf.containsKey(id)) {
            return null;
        }
        Fence place = new Fence(timeOf.get(id), id);
        FactRow row = chunk(fences.get(indexOf(place))).find(place);
        if (row == null) {
            throw new IllegalStateException("the fact at " + place + " is in no chunk: the state is damaged");
        }
        return row;
    }

    void insert(FactRow row) {
        timeOf.put(row.id(), row.time());
        if (fences.isEmpty()) {
            open(Chunk.of(row));
            return;
        }
        int index = indexOf(row.fence());
        Chunk chunk = hold(fences.get(index));
        if (chunk.isFullFor(row)) {
            boolean behindAll = index == fences.size() - 1
                    && chunk.endsBefore(row.fence())
                    && chunk.fence.compareTo(row.fence()) < 0;
            if (behindAll) {
                open(Chunk.of(row));
                return;
            }
            if (chunk.rows().size() > 1) {
                drop(chunk.fence);
                chunk.halves().forEach(this::open);
                insert(row);
                return;
            }
        }
        heldBytes += row.weight();
        chunk.insert(row);
        change(chunk.fence);
    }

    /** Puts another row in the place of one with the same time and id. */
    void replace(FactRow row) {
        Chunk chunk = hold(fences.get(indexOf(row.fence())));
        heldBytes -= chunk.weight();
        chunk.replace(row);
        heldBytes += chunk.weight();
        change(chunk.fence);
    }

    void remove(FactRow row) {
        timeOf.remove(row.id());
        Chunk chunk = hold(fences.get(indexOf(row.fence())));
        heldBytes -= row.weight();
        chunk.remove(row.fence());
        change(chunk.fence);
        if (chunk.rows().isEmpty()) {
            drop(chunk.fence);
        }
    }

    /** The facts of a stretch of time, its end left out. */
    List<FactRow> between(long from, long to) {
        List<FactRow> found = new ArrayList<>();
        int first = indexOf(Fence.at(from));
        for (int i = first; i < fences.size() && (i == first || fences.get(i).time() < to); i++) {
            for (FactRow row : chunk(fences.get(i)).rows()) {
                if (row.time() >= from && row.time() < to) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    /** Deletes the chunks that lie wholly before a time, and shows what goes. */
    void deleteBefore(long time, Consumer<FactRow> gone) {
        while (fences.size() > 1 && fences.get(1).time() < time) {
            Fence first = fences.get(0);
            for (FactRow row : chunk(first).rows()) {
                timeOf.remove(row.id());
                gone.accept(row);
            }
            drop(first);
        }
    }

    void write(StateOutput out) {
        deleted.forEach(rows::deleteChunk);
        changed.forEach(fence -> rows.putChunk(fence, held(fence).toBytes(out)));
    }

    /** Only the last chunk stays held. */
    void markClean() {
        deleted.clear();
        changed.clear();
        Fence last = fences.isEmpty() ? null : fences.get(fences.size() - 1);
        held.keySet().removeIf(fence -> !fence.equals(last));
        heldBytes = held.values().stream().mapToInt(Chunk::weight).sum();
    }

    /** The changed chunks' values by their fence, null for a deleted one. */
    Map<Fence, byte @Nullable []> unwritten(StateOutput out) {
        Map<Fence, byte @Nullable []> result = new HashMap<>();
        deleted.forEach(fence -> result.put(fence, null));
        changed.forEach(fence -> result.put(fence, held(fence).toBytes(out)));
        return result;
    }

    int weight() {
        return heldBytes + timeOf.size() * BYTES_PER_ID + fences.size() * BYTES_PER_FENCE;
    }

    private void open(Chunk chunk) {
        fences.add(-Collections.binarySearch(fences, chunk.fence) - 1, chunk.fence);
        held.put(chunk.fence, chunk);
        heldBytes += chunk.weight();
        change(chunk.fence);
    }

    private void change(Fence fence) {
        changed.add(fence);
        deleted.remove(fence);
    }

    private void drop(Fence fence) {
        fences.remove(Collections.binarySearch(fences, fence));
        Chunk chunk = held.remove(fence);
        heldBytes -= chunk == null ? 0 : chunk.weight();
        changed.remove(fence);
        deleted.add(fence);
    }

    private Chunk held(Fence fence) {
        Chunk chunk = held.get(fence);
        if (chunk == null) {
            throw new IllegalStateException("a changed chunk is not held");
        }
        return chunk;
    }

    private Chunk hold(Fence fence) {
        Chunk chunk = held.get(fence);
        if (chunk == null) {
            chunk = chunk(fence);
            held.put(fence, chunk);
            heldBytes += chunk.weight();
        }
        return chunk;
    }

    private Chunk chunk(Fence fence) {
        Chunk chunk = held.get(fence);
        return chunk != null ? chunk : Chunk.read(fence, rows.chunk(fence)).inCurrentSchema();
    }

    /** The chunk that a place is in: the last one that begins there or before, or the first. */
    private int indexOf(Fence place) {
        int last = fences.size() - 1;
        if (last >= 0 && fences.get(last).compareTo(place) <= 0) {
            return last;
        }
        int at = Collections.binarySearch(fences, place);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }
}
