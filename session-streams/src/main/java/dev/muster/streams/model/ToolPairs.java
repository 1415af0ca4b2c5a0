/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import dev.muster.schemas.avro.FactKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which tool calls are open. A start and an end that share a tool use id belong together, and are forgotten once both are
 * told; without one, among those alike in sent trace, tool and detail, the k-th start by time belongs to the k-th end.
 */
final class ToolPairs {

    private static final int BYTES_PER_PAIR = 120;
    /** Calls that are open at a time, mostly: a table for as many is the smallest. */
    private static final int FEW = 2;

    /**
     * A tool call's start.
     *
     * @param trace the hash of the id of the trace that it is counted in
     * @param falls whether it fell into that trace by time
     */
    record Start(long time, long trace, boolean falls) implements Comparable<Start> {

        private static final Comparator<Start> ORDER =
                Comparator.comparingLong(Start::time).thenComparingLong(Start::trace);

        static Start of(FactRow row) {
            return new Start(row.time(), row.trace(), row.fallsByTime());
        }

        @Override
        public int compareTo(Start other) {
            return ORDER.compare(this, other);
        }
    }

    /** Hears which starts open and close. */
    interface Listener {
        void opened(Start start);

        void closed(Start start);
    }

    /** Starts in order, of which those from the number of ends on are open. */
    private static final class Pair {
        private final List<Start> starts = new ArrayList<>(1);
        private int ends;

        void add(Start start, Listener listener) {
            int at = starts.size();
            while (at > 0 && starts.get(at - 1).compareTo(start) > 0) {
                at--;
            }
            starts.add(at, start);
            if (ends < starts.size()) {
                listener.opened(starts.get(Math.max(at, ends)));
            }
        }

        void remove(Start start, Listener listener) {
            int at = starts.indexOf(start);
            if (at < 0) {
                return;
            }
            if (ends < starts.size()) {
                listener.closed(starts.get(Math.max(at, ends)));
            }
            starts.remove(at);
        }

        void addEnd(Listener listener) {
            if (ends < starts.size()) {
                listener.closed(starts.get(ends));
            }
            ends++;
        }

        void removeEnd(Listener listener) {
            ends--;
            if (ends < starts.size()) {
                listener.opened(starts.get(ends));
            }
        }

        void close(Listener listener) {
            for (int i = ends; i < starts.size(); i++) {
                listener.closed(starts.get(i));
            }
        }

        /** Puts the starts of a stretch of time that fell into a trace into another, and shows the open ones. */
        void move(long from, long to, long trace, Consumer<Start> moved) {
            for (int i = 0; i < starts.size(); i++) {
                Start start = starts.get(i);
                if (start.falls() && start.time() >= from && start.time() < to) {
                    if (i >= ends) {
                        moved.accept(start);
                    }
                    starts.set(i, new Start(start.time(), trace, true));
                }
            }
        }
    }

    /** Null before the first. */
    private @Nullable LongObjectHashMap<Pair> pairs;

    private final LongPredicate isFact;

    /**
     * Knows no calls yet.
     *
     * @param isFact whether the session has a fact of that id
     */
    ToolPairs(LongPredicate isFact) {
        this.isFact = isFact;
    }

    /** Takes a start or an end in (sign 1) or out (sign -1). */
    void change(FactRow row, int sign, Listener listener) {
        if (row.pair() == 0) {
            return;
        }
        boolean isEnd = row.kind() == FactKind.TOOL_END;
        boolean endsByUseId = isEnd ? row.pair() == row.id() : isFact.test(row.pair());
        if (!endsByUseId) {
            count(row, isEnd, sign, listener);
        } else if (isEnd && sign > 0) {
            Pair pair = pairs == null ? null : pairs.remove(row.pair());
            if (pair != null) {
                pair.close(listener);
            }
        }
    }

    private void count(FactRow row, boolean isEnd, int sign, Listener listener) {
        LongObjectHashMap<Pair> known = pairs();
        Pair pair = known.get(row.pair());
        if (pair == null) {
            pair = new Pair();
            known.put(row.pair(), pair);
        }
        if (isEnd && sign > 0) {
            pair.addEnd(listener);
        } else if (isEnd) {
            pair.removeEnd(listener);
        } else if (sign > 0) {
            pair.add(Start.of(row), listener);
        } else {
            pair.remove(Start.of(row), listener);
        }
        if (pair.starts.isEmpty() && pair.ends == 0) {
            known.remove(row.pair());
        }
    }

    private LongObjectHashMap<Pair> pairs() {
        LongObjectHashMap<Pair> known = pairs;
        if (known == null) {
            known = new LongObjectHashMap<>(FEW);
            pairs = known;
        }
        return known;
    }

    /** Puts the starts that fell into a trace in a stretch of time, its end left out, into another; shows the open ones. */
    void move(long from, long to, long trace, Consumer<Start> moved) {
        if (pairs == null) {
            return;
        }
        for (ObjectCursor<Pair> pair : pairs.values()) {
            pair.value.move(from, to, trace, moved);
        }
    }

    int weight() {
        return pairs == null ? 0 : pairs.size() * BYTES_PER_PAIR;
    }
}
