/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.streams.read.Page;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.page.TopRows;
import dev.muster.streams.read.shard.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes the pages of one list of the slices that shards give of it. Rows are shown up to the least advanced of those shards
 * that stopped before their end; behind that one of its own might stand between them. The next page goes on from there, or
 * from the last row shown where not all could be.
 */
final class Pager<T extends Positioned, V> {

    private final PageToken token;
    private final ListOrder order;
    private final int maxBytes;
    private final Function<T, V> view;

    /**
     * A list's pages.
     *
     * @param token what the list's cursors look like
     * @param view makes what a caller sees of a row
     */
    Pager(PageToken token, ListOrder order, Function<T, V> view) {
        this(token, order, Integer.MAX_VALUE, view);
    }

    /**
     * A list's pages, bounded by bytes too.
     *
     * @param maxBytes no row follows one that brings their bytes to so many
     */
    Pager(PageToken token, ListOrder order, int maxBytes, Function<T, V> view) {
        this.token = token;
        this.order = order;
        this.maxBytes = maxBytes;
        this.view = view;
    }

    /** A page of rows that are all there are. */
    Page<V> page(TopRows.Cut<T> rows) {
        return page(rows.rows(), rows.end());
    }

    /** A page of what the shards gave, each row once. */
    Page<V> page(List<Slice<T>> slices, int limit) {
        Optional<Position> frontier =
                slices.stream().flatMap(slice -> slice.scannedTo().stream()).min(order);
        List<T> rows = slices.stream()
                .flatMap(slice -> slice.rows().stream())
                .sorted(Comparator.comparing(Positioned::position, order))
                .toList();
        List<T> shown = new ArrayList<>();
        Optional<Position> last = Optional.empty();
        long bytes = 0;
        for (T row : rows) {
            if (frontier.isPresent() && order.compare(row.position(), frontier.get()) > 0) {
                return page(shown, frontier);
            }
            if (shown.size() == limit || bytes >= maxBytes) {
                return page(shown, last);
            }
            if (last.isEmpty() || order.compare(row.position(), last.get()) > 0) {
                shown.add(row);
                bytes += row.bytes();
                last = Optional.of(row.position());
            }
        }
        return page(shown, frontier);
    }

    private Page<V> page(List<T> rows, Optional<Position> next) {
        return new Page<>(rows.stream().map(view).toList(), next.map(token::encode));
    }
}
