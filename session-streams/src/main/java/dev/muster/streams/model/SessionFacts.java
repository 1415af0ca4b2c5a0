/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongHashSet;
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

    private static final int SEALED_FROM = Chunk.MAX_ROWS / 2;
    private static final int BYTES_PER_ID = 40;
    private static final int BYTES_PER_FENCE = 48;

    private final SessionRows rows;
    private final LongLongHashMap timeOf = new LongLongHashMap();
    private final List<Fence> fences = new ArrayList<>();
    private final Map<Fence, Chunk> held = new HashMap<>();
    private final Set<Fence> changed = new HashSet<>();
    private final Set<Fence> deleted = new HashSet<>();
    private int heldBytes;
    /** Whether the last chunk is full enough that facts behind it begin a new one, without its being read. */
    private boolean lastIsSealed;
    /** No fact lies behind this place. */
    private Fence end = Fence.at(Long.MIN_VALUE);

    SessionFacts(SessionRows rows) {
        this.rows = rows;
    }

    /** Learns of the stored facts, and shows each; only prompts are sure to have their body. */
    void load(Consumer<FactRow> seen) {
        rows.eachChunk((fence, value) -> {
            fences.add(fence);
            List<FactRow> heads = Chunk.readHeads(value);
            lastIsSealed = heads.size() >= SEALED_FROM;
            boolean hasPrompts = heads.stream().anyMatch(FactRow::isPrompt);
            for (FactRow row :
                    hasPrompts ? Chunk.read(fence, value).inCurrentSchema().rows() : heads) {
                timeOf.put(row.id(), row.time());
                end = row.fence();
                seen.accept(row);
            }
        });
    }

    boolean has(long id) {
        return timeOf.containsKey(id);
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
            end = row.fence();
            open(Chunk.of(row));
            return;
        }
        boolean behindAll = end.compareTo(row.fence()) < 0;
        if (behindAll) {
            end = row.fence();
            if (lastIsSealed && fences.get(fences.size() - 1).compareTo(row.fence()) < 0) {
                open(Chunk.of(row));
                return;
            }
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

    private void splitIfTooLarge(Chunk chunk) {
        if (chunk.isTooLarge()) {
            drop(chunk.fence);
            for (Chunk half : chunk.halves()) {
                open(half);
                splitIfTooLarge(half);
            }
        }
    }

    /** Puts another row in the place of one with the same time and id. */
    void replace(FactRow row) {
        Chunk chunk = hold(fences.get(indexOf(row.fence())));
        heldBytes -= chunk.weight();
        chunk.replace(row);
        heldBytes += chunk.weight();
        change(chunk.fence);
        splitIfTooLarge(chunk);
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

    /** The first fact of a stretch of time, its end left out, that fell into a trace; null when none did. */
    @Nullable
    FactRow firstFallen(long trace, long from, long to) {
        int first = indexOf(Fence.at(from));
        for (int i = first; i < fences.size() && (i == first || fences.get(i).time() < to); i++) {
            for (FactRow row : chunk(fences.get(i)).rows()) {
                if (row.time() >= from && row.time() < to && row.trace() == trace && row.fallsByTime()) {
                    return row;
                }
            }
        }
        return null;
    }

    /** The last fact of a stretch of time, its end left out, that fell into a trace; null when none did. */
    @Nullable
    FactRow lastFallen(long trace, long from, long to) {
        int first = indexOf(Fence.at(from));
        for (int i = indexOf(Fence.at(to)); i >= first; i--) {
            List<FactRow> found = chunk(fences.get(i)).rows();
            for (int at = found.size() - 1; at >= 0; at--) {
                FactRow row = found.get(at);
                if (row.time() >= from && row.time() < to && row.trace() == trace && row.fallsByTime()) {
                    return row;
                }
            }
        }
        return null;
    }

    /**
     * Deletes the chunks that lie wholly before a time, but for the one with a place, and shows what goes.
     *
     * @return whether anything went
     */
    boolean deleteBefore(long time, @Nullable Fence spared, Consumer<FactRow> gone) {
        boolean any = false;
        int at = 0;
        while (at + 1 < fences.size() && fences.get(at + 1).time() < time) {
            Fence fence = fences.get(at);
            Chunk chunk = chunk(fence);
            if (spared != null && chunk.find(spared) != null) {
                at++;
                continue;
            }
            drop(fence);
            for (FactRow row : chunk.rows()) {
                timeOf.remove(row.id());
                gone.accept(row);
            }
            any = true;
        }
        return any;
    }

    /** The traces that the first chunk's facts are in. */
    LongHashSet tracesOfFirstChunk() {
        LongHashSet found = new LongHashSet();
        chunk(fences.get(0)).rows().forEach(row -> found.add(row.trace()));
        return found;
    }

    /** The time that no fact behind the first chunk is before, epoch milliseconds. */
    long startOfSecondChunk() {
        return fences.size() > 1 ? fences.get(1).time() : Long.MAX_VALUE;
    }

    void write(StateOutput out) {
        deleted.forEach(rows::deleteChunk);
        changed.forEach(fence -> rows.putChunk(fence, held(fence).toBytes(out)));
    }

    /** Only the last chunk stays held, and it only while it has room for many more facts. */
    void markClean() {
        deleted.clear();
        changed.clear();
        Fence last = fences.isEmpty() ? null : fences.get(fences.size() - 1);
        Chunk lastChunk = last == null ? null : held.get(last);
        if (lastChunk != null && lastChunk.rows().size() >= SEALED_FROM) {
            lastIsSealed = true;
            last = null;
        }
        Fence spared = last;
        held.keySet().removeIf(fence -> !fence.equals(spared));
        heldBytes = 0;
        for (Chunk chunk : held.values()) {
            heldBytes += chunk.weight();
        }
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
        lastIsSealed &= !chunk.fence.equals(fences.get(fences.size() - 1));
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
        lastIsSealed = false;
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
