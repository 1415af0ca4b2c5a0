/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a session was active: windows that end with {@value #GAP_MINUTES} minutes of inactivity, as a union of intervals. The
 * latest stands in the session's figures, the closed ones are rows.
 */
final class ActivityWindows {

    private static final int GAP_MINUTES = 30;
    private static final long GAP_MS = GAP_MINUTES * 60_000L;

    private final NavigableMap<Long, Long> windows = new TreeMap<>();
    private final TreeSet<Long> changed = new TreeSet<>();
    private final TreeSet<Long> stored = new TreeSet<>();
    private long activeMs;

    void add(long time) {
        Map.Entry<Long, Long> before = windows.floorEntry(time);
        if (before != null && time <= before.getValue()) {
            return;
        }
        Map.Entry<Long, Long> after = windows.higherEntry(time);
        long start = time;
        long end = time;
        if (before != null && time - before.getValue() <= GAP_MS) {
            start = before.getKey();
        } else if (before != null && after == null) {
            changed.add(before.getKey());
        }
        if (after != null && after.getKey() - time <= GAP_MS) {
            end = after.getValue();
            replace(after.getKey(), after.getValue(), null);
        }
        replace(start, before != null && start == before.getKey() ? before.getValue() : null, end);
    }

    private void replace(long start, @Nullable Long oldEnd, @Nullable Long end) {
        changed.add(start);
        activeMs -= oldEnd == null ? 0 : oldEnd - start;
        if (end == null) {
            windows.remove(start);
        } else {
            windows.put(start, end);
            activeMs += end - start;
        }
    }

    long activeMs() {
        return activeMs;
    }

    int count() {
        return windows.size();
    }

    Map.Entry<Long, Long> last() {
        return windows.lastEntry();
    }

    /** Takes in the latest window, which stands in the session's figures. */
    void restoreLast(long start, long end) {
        windows.put(start, end);
        activeMs += end - start;
    }

    /** Takes in a closed window, which has a row. */
    void restore(long start, long end) {
        restoreLast(start, end);
        stored.add(start);
    }

    /** Writes the closed windows that changed; the last one is written with the session. */
    void write(SessionRows rows) {
        for (long start : changed) {
            Long end = windows.get(start);
            if (end != null && start != windows.lastKey()) {
                rows.putWindow(start, end);
            } else if (stored.contains(start)) {
                rows.deleteWindow(start);
            }
        }
    }

    void markClean() {
        for (long start : changed) {
            if (windows.containsKey(start) && start != windows.lastKey()) {
                stored.add(start);
            } else {
                stored.remove(start);
            }
        }
        changed.clear();
    }
}
