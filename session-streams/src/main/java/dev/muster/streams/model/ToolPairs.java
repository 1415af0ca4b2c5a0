/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.carrotsearch.hppc.LongObjectHashMap;
import dev.muster.schemas.avro.FactKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Which tool calls are open. A start and an end that share a tool use id belong together; without one, among those alike
 * in trace, tool and detail, the k-th start by time belongs to the k-th end. Only what may still be matched is kept.
 */
final class ToolPairs {

    private static final int PRUNE_FROM = 1024;
    private static final long SETTLED_AFTER_MS = 600_000;

    /** A start that waits for its end; its trace is 0 when it falls into one by time. */
    record Start(long time, long trace) {}

    /** Hears which starts open and close. */
    interface Listener {
        void opened(Start start);

        void closed(Start start);
    }

    private static final class Pair {
        private final List<Start> starts = new ArrayList<>(1);
        private int ends;

        List<Start> open() {
            return new ArrayList<>(starts.subList(Math.min(ends, starts.size()), starts.size()));
        }

        void add(Start start) {
            int at = starts.size();
            while (at > 0 && starts.get(at - 1).time() > start.time()) {
                at--;
            }
            starts.add(at, start);
        }
    }

    private final LongObjectHashMap<Pair> pairs = new LongObjectHashMap<>();
    private final LongPredicate isFact;
    private int pruneAt = PRUNE_FROM;

    /**
     * Knows no calls yet.
     *
     * @param isFact whether the session has a fact of that id
     */
    ToolPairs(LongPredicate isFact) {
        this.isFact = isFact;
    }

    /** Takes a start or an end in (sign 1) or out (sign -1). */
    void change(FactRow row, int sign, long sessionEnd, Listener listener) {
        if (row.pair() == 0) {
            return;
        }
        boolean byUseId = row.kind() == FactKind.TOOL_END ? row.pair() == row.id() : isFact.test(row.pair());
        if (byUseId && row.kind() == FactKind.TOOL_START) {
            return;
        }
        Pair pair = pairs.get(row.pair());
        if (pair == null) {
            if (byUseId) {
                return;
            }
            pair = new Pair();
            pairs.put(row.pair(), pair);
        }
        List<Start> before = pair.open();
        if (row.kind() == FactKind.TOOL_END) {
            pair.ends += sign;
        } else if (sign > 0) {
            pair.add(startOf(row));
        } else {
            pair.starts.remove(startOf(row));
        }
        pair.open().stream().filter(start -> !before.remove(start)).forEach(listener::opened);
        before.forEach(listener::closed);
        if ((byUseId && sign > 0) || (pair.starts.isEmpty() && pair.ends == 0)) {
            pairs.remove(row.pair());
        }
        prune(sessionEnd);
    }

    boolean isOpen(FactRow row) {
        Pair pair = pairs.get(row.pair());
        return pair != null && pair.open().contains(startOf(row));
    }

    private static Start startOf(FactRow row) {
        return new Start(row.time(), row.own() ? row.trace() : 0);
    }

    private void prune(long sessionEnd) {
        if (pairs.size() < pruneAt) {
            return;
        }
        pairs.removeAll((key, pair) -> pair.starts.size() <= pair.ends
                && pair.starts.stream().allMatch(start -> start.time() < sessionEnd - SETTLED_AFTER_MS));
        pruneAt = Math.max(PRUNE_FROM, pairs.size() * 2);
    }
}
