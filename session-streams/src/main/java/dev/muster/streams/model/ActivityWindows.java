/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When a session was active: windows that end with {@value #GAP_MINUTES} minutes of inactivity, as a union of intervals. The
 * latest stands in the session's figures, the closed ones are rows.
 */
final class ActivityWindows {

    private static final int GAP_MINUTES = 30;
    private static final long GAP_MS = GAP_MINUTES * 60_000L;

    /** The closed windows' ends by their starts. */
    private NavigableMap<Long, Long> closed = Collections.emptyNavigableMap();
    /** The starts of windows to be written or deleted. */
    private Set<Long> changed = Set.of();
    /** The starts of windows that have a row. */
    private Set<Long> stored = Set.of();

    private boolean any;
    private long lastStart;
    private long lastEnd;
    private long closedMs;

    /** Takes in that something went on from one time to another, which may be the same. */
    void add(long from, long to) {
        if (from == to) {
            add(to);
            return;
        }
        long start = from;
        long end = to;
        for (Map.Entry<Long, Long> near = closed.floorEntry(end + GAP_MS);
                near != null && start - near.getValue() <= GAP_MS;
                near = closed.floorEntry(end + GAP_MS)) {
            open(near.getKey());
            start = Math.min(start, near.getKey());
            end = Math.max(end, near.getValue());
        }
        if (!any) {
            restoreLast(start, end);
        } else if (start - lastEnd > GAP_MS) {
            close(lastStart, lastEnd);
            restoreLast(start, end);
        } else if (lastStart - end > GAP_MS) {
            close(start, end);
        } else {
            restoreLast(Math.min(start, lastStart), Math.max(end, lastEnd));
        }
    }

    /** Takes in that something was at a time. */
    void add(long time) {
        if (!any) {
            restoreLast(time, time);
        } else if (time > lastEnd) {
            if (time - lastEnd > GAP_MS) {
                close(lastStart, lastEnd);
                lastStart = time;
            }
            lastEnd = time;
        } else if (time < lastStart) {
            addEarlier(time);
        }
    }

    private void addEarlier(long time) {
        Map.Entry<Long, Long> before = closed.floorEntry(time);
        if (before != null && time <= before.getValue()) {
            return;
        }
        long start = time;
        if (before != null && time - before.getValue() <= GAP_MS) {
            start = before.getKey();
            open(start);
        }
        Map.Entry<Long, Long> after = closed.higherEntry(time);
        if (after != null && after.getKey() - time <= GAP_MS) {
            open(after.getKey());
            close(start, after.getValue());
        } else if (after == null && lastStart - time <= GAP_MS) {
            lastStart = start;
        } else {
            close(start, time);
        }
    }

    private void close(long start, long end) {
        makeRoom();
        closed.put(start, end);
        closedMs += end - start;
        changed.add(start);
    }

    /** Nearly all sessions have one window, and need none of this. */
    private void makeRoom() {
        if (!(closed instanceof TreeMap)) {
            closed = new TreeMap<>();
            changed = new TreeSet<>();
            stored = new HashSet<>();
        }
    }

    private void open(long start) {
        Long end = closed.remove(start);
        closedMs -= end == null ? 0 : end - start;
        changed.add(start);
    }

    long activeMs() {
        return closedMs + lastEnd - lastStart;
    }

    int count() {
        return closed.size() + (any ? 1 : 0);
    }

    long lastStart() {
        return lastStart;
    }

    long lastEnd() {
        return lastEnd;
    }

    /** Takes in the latest window, which stands in the session's figures. */
    void restoreLast(long start, long end) {
        any = true;
        lastStart = start;
        lastEnd = end;
    }

    /** Takes in a closed window, which has a row. */
    void restore(long start, long end) {
        makeRoom();
        closed.put(start, end);
        closedMs += end - start;
        stored.add(start);
    }

    /** Writes the closed windows that changed; the last one is written with the session. */
    void write(SessionRows rows) {
        for (long start : changed) {
            Long end = closed.get(start);
            if (end != null) {
                rows.putWindow(start, end);
            } else if (stored.contains(start)) {
                rows.deleteWindow(start);
            }
        }
    }

    void markClean() {
        if (changed.isEmpty()) {
            return;
        }
        for (long start : changed) {
            if (closed.containsKey(start)) {
                stored.add(start);
            } else {
                stored.remove(start);
            }
        }
        changed.clear();
    }
}
