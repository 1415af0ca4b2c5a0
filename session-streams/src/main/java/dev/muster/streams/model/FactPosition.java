/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Comparator;

/**
 * A place in a session's facts, which are ordered by time, then by the hash of their id. A chunk holds the facts from its
 * fence to the next chunk's; a session's first chunk also those before its own.
 */
public record FactPosition(long time, long id) implements Comparable<FactPosition> {

    private static final Comparator<FactPosition> ORDER =
            Comparator.comparingLong(FactPosition::time).thenComparing((a, b) -> Long.compareUnsigned(a.id, b.id));

    /** The place before everything of a time. */
    public static FactPosition at(long time) {
        return new FactPosition(time, 0);
    }

    @Override
    public int compareTo(FactPosition other) {
        return ORDER.compare(this, other);
    }
}
