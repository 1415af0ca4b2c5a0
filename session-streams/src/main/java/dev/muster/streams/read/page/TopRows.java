/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.page;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The first rows of a list behind a position, whatever order they are looked at in: never more of them are kept than a page
 * has, and one more, which tells that there are more.
 */
public final class TopRows<T extends Positioned> {

    private final ListOrder order;
    private final Optional<Position> after;
    private final int limit;
    private final PriorityQueue<T> rows;

    /**
     * No rows yet.
     *
     * @param after rows up to it are passed over
     * @param limit so many are wanted, 1 or more
     */
    public TopRows(ListOrder order, Optional<Position> after, int limit) {
        this.order = order;
        this.after = after;
        this.limit = limit;
        rows = new PriorityQueue<>(Comparator.comparing(Positioned::position, order.reversed()));
    }

    /** Looks at a row. */
    public void add(T row) {
        if (order.isAfter(row.position(), after)) {
            rows.add(row);
            if (rows.size() > limit + 1L) {
                rows.remove();
            }
        }
    }

    /** The first of them in order, and where to go on if there are more. */
    public Cut<T> cut() {
        List<T> first = rows.stream()
                .sorted(Comparator.comparing(Positioned::position, order))
                .limit(limit)
                .toList();
        return new Cut<>(
                first, rows.size() > limit ? Optional.of(first.get(limit - 1).position()) : Optional.empty());
    }

    /**
     * The first rows of a list.
     *
     * @param rows the rows, in order
     * @param end the last one's position, if there are more behind it
     */
    public record Cut<T extends Positioned>(List<T> rows, Optional<Position> end) {}
}
