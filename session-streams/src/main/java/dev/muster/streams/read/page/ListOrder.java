/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.page;

import java.util.Comparator;
import java.util.Optional;

/** The orders of lists. Each is total: two rows of a list are never at one position. */
public enum ListOrder implements Comparator<Position> {
    /** The largest value first, then by id, then by part. */
    DESCENDING {
        @Override
        public int compare(Position one, Position other) {
            int order = valueThenId(other.value(), one.value(), one, other);
            return order != 0 ? order : one.part().compareTo(other.part());
        }
    },

    /** The largest value first, then by id, then by part the other way round, as a session's traces are read backwards. */
    TRACES {
        @Override
        public int compare(Position one, Position other) {
            int order = valueThenId(other.value(), one.value(), one, other);
            return order != 0 ? order : other.part().compareTo(one.part());
        }
    };

    private static int valueThenId(long first, long second, Position one, Position other) {
        return first != second ? Long.compare(first, second) : one.id().compareTo(other.id());
    }

    /** Whether a position comes after another; after none each does. */
    public boolean isAfter(Position position, Optional<Position> other) {
        return other.isEmpty() || compare(position, other.get()) > 0;
    }
}
