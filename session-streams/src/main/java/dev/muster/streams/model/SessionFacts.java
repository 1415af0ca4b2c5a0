/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongHashSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A session's facts: the id of every one in memory, the rest in chunks. */
final class SessionFacts {

    private final FactIds ids = new FactIds();
    private final Chunks chunks;

    SessionFacts(SessionRows rows, RowLimits limits) {
        chunks = new Chunks(rows, limits);
    }

    /** Learns of the stored facts, and shows each; only prompts are sure to have their body. */
    void load(Map<FactPosition, byte @Nullable []> embedded, Consumer<FactRow> seen) {
        chunks.load(embedded, (fence, value) -> {
            List<FactRow> heads = Chunk.readHeads(value);
            boolean hasPrompts = heads.stream().anyMatch(FactRow::isPrompt);
            List<FactRow> facts =
                    hasPrompts ? Chunk.read(fence, value).inCurrentSchema().rows() : heads;
            for (FactRow row : facts) {
                ids.put(row.id(), row.time());
                seen.accept(row);
            }
            return facts;
        });
    }

    boolean has(long id) {
        return ids.has(id);
    }

    /** The fact of an id; null when there is none. */
    @Nullable
    FactRow find(long id) {
        FactIds.Span span = ids.find(id);
        if (span == null) {
            return null;
        }
        int first = chunks.indexOf(FactPosition.at(span.from()));
        for (int i = first; i < chunks.count() && (i == first || chunks.fence(i).time() <= span.to()); i++) {
            for (FactRow row : chunks.get(i).rows()) {
                if (row.id() == id) {
                    return row;
                }
            }
        }
        throw new IllegalStateException("a fact of " + span + " is in no chunk: the state is damaged");
    }

    void insert(FactRow row) {
        ids.put(row.id(), row.time());
        chunks.insert(row);
    }

    /** Puts another row in the place of one with the same time and id. */
    void replace(FactRow row) {
        chunks.replace(row);
    }

    void remove(FactRow row) {
        ids.remove(row.id());
        chunks.remove(row.fence());
    }

    /** The facts of a stretch of time, its end left out. */
    List<FactRow> between(long from, long to) {
        List<FactRow> found = new ArrayList<>();
        int first = chunks.indexOf(FactPosition.at(from));
        for (int i = first; i < chunks.count() && (i == first || chunks.fence(i).time() < to); i++) {
            for (FactRow row : chunks.get(i).rows()) {
                if (row.time() >= from && row.time() < to) {
                    found.add(row);
                }
            }
        }
        return found;
    }

    /** How many facts are so. */
    long count(Predicate<FactRow> wanted) {
        long found = 0;
        for (int i = 0; i < chunks.count(); i++) {
            found += chunks.get(i).rows().stream().filter(wanted).count();
        }
        return found;
    }

    /** The first fact of a stretch of time, its end left out, that fell into a trace; null when none did. */
    @Nullable
    FactRow firstFallen(long trace, long from, long to) {
        int first = chunks.indexOf(FactPosition.at(from));
        for (int i = first; i < chunks.count() && (i == first || chunks.fence(i).time() < to); i++) {
            for (FactRow row : chunks.get(i).rows()) {
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
        int first = chunks.indexOf(FactPosition.at(from));
        for (int i = Math.min(chunks.indexOf(FactPosition.at(to)), chunks.count() - 1); i >= first; i--) {
            List<FactRow> rows = chunks.get(i).rows();
            for (int at = rows.size() - 1; at >= 0; at--) {
                FactRow row = rows.get(at);
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
    boolean deleteBefore(long time, @Nullable FactPosition spared, Consumer<FactRow> gone) {
        boolean any = false;
        int at = 0;
        while (at + 1 < chunks.count() && chunks.fence(at + 1).time() < time) {
            Chunk chunk = chunks.get(at);
            if (spared != null && chunk.find(spared) != null) {
                at++;
                continue;
            }
            chunks.drop(chunk.fence);
            for (FactRow row : chunk.rows()) {
                ids.remove(row.id());
                gone.accept(row);
            }
            any = true;
        }
        return any;
    }

    /** The traces that the first chunk's facts are in. */
    LongHashSet tracesOfFirstChunk() {
        LongHashSet found = new LongHashSet();
        chunks.get(0).rows().forEach(row -> found.add(row.trace()));
        return found;
    }

    /** The time that no fact behind the first chunk is before, epoch milliseconds. */
    long startOfSecondChunk() {
        return chunks.count() > 1 ? chunks.fence(1).time() : Long.MAX_VALUE;
    }

    /** Writes the rows of what has changed, and gives the last chunk if it is to lie in the session's row. */
    Map<FactPosition, byte @Nullable []> write(StateOutput out) {
        return chunks.write(out);
    }

    /** The values of the chunks whose rows are older, by their fence; null for one that is gone. */
    Map<FactPosition, byte @Nullable []> unwritten(StateOutput out) {
        return chunks.unwritten(out);
    }

    /** Everything is written: no fact is held. */
    void compact() {
        chunks.compact();
    }

    /** Holds the facts that lie in the session's row. */
    void inflate(Map<FactPosition, byte @Nullable []> embedded) {
        chunks.inflate(embedded);
    }

    int weight() {
        return chunks.weight() + ids.weight();
    }
}
