/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.streams.read.Page;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a page of a list must be: its rows fit, none is there twice, they stand in order, and at rest they are as many as there
 * are. A list that filters may end a page early: then what is missing must be found behind its cursor.
 *
 * @param rows what they are
 * @param limit so many at most
 * @param expected how many rows there are at rest from the page's first on, on it and behind it
 * @param ids which rows at rest, in their order, as many as a page has: known where all rows were looked at
 * @param fits whether a row is wanted
 * @param next the page behind a cursor; empty where a page has all that fit
 */
record ListCheck<V>(
        ListOf<V> rows,
        int limit,
        LongSupplier expected,
        Optional<Supplier<List<Object>>> ids,
        Predicate<V> fits,
        Optional<Function<String, Page<V>>> next)
        implements Question.Check<Page<V>> {

    /** So many pages may be empty before the first row. */
    private static final int MAX_EMPTY = 10_000;

    /** A list of which all rows are shown, page by page, and only their number is known. */
    static <V> ListCheck<V> whole(ListOf<V> rows, int limit, LongSupplier expected, Predicate<V> fits) {
        return new ListCheck<>(rows, limit, expected, Optional.empty(), fits, Optional.empty());
    }

    /** A list that filters, of which only the number of rows is known. */
    static <V> ListCheck<V> filtered(
            ListOf<V> rows, int limit, LongSupplier expected, Predicate<V> fits, Function<String, Page<V>> next) {
        return new ListCheck<>(rows, limit, expected, Optional.empty(), fits, Optional.of(next));
    }

    @Override
    public int rows(Page<V> page, Moment asked) {
        int found = page.items().size();
        WrongAnswerException.unless(found <= limit, () -> found + " rows on a page of " + limit);
        checkEach(page);
        checkOrder(page, asked);
        if (asked.isAtRest()) {
            checkWhich(page);
        }
        long most = Math.min(limit, expected.getAsLong());
        if (!asked.isAtRest()) {
            WrongAnswerException.unless(
                    found > 0 || most == 0 || page.nextCursor().isPresent(), () -> "no rows, where there were " + most);
        } else if (next.isEmpty() || page.nextCursor().isEmpty()) {
            WrongAnswerException.unless(found == most, () -> found + " rows, where there are " + most);
        } else {
            WrongAnswerException.unless(found <= most, () -> found + " rows, where there are only " + most);
            WrongAnswerException.unless(
                    found > 0 || most == 0 || isBehind(page), () -> "no row on any page, where there are " + most);
        }
        return found;
    }

    private void checkEach(Page<V> page) {
        Set<Object> ids = new HashSet<>();
        for (V row : page.items()) {
            WrongAnswerException.unless(fits.test(row), () -> "a row that does not fit: " + row);
            WrongAnswerException.unless(ids.add(rows.id().apply(row)), () -> "a row that is there twice: " + row);
        }
    }

    /** A row that may change has been put in its place as it stood, and is shown as it stands. */
    private void checkOrder(Page<V> page, Moment asked) {
        double before = Double.POSITIVE_INFINITY;
        for (V row : page.items()) {
            Instant lastActivity = rows.lastActivity().apply(row);
            if (!asked.mayChange(lastActivity)) {
                double value = rows.value().applyAsDouble(row);
                if (value > before) {
                    throw new WrongAnswerException("out of order, " + value + " behind " + before + ": " + row);
                }
                before = value;
            }
        }
    }

    private void checkWhich(Page<V> page) {
        List<Object> found = page.items().stream().map(rows.id()).toList();
        ids.map(Supplier::get)
                .map(all -> all.subList(0, Math.min(all.size(), found.size())))
                .ifPresent(first -> WrongAnswerException.unless(
                        found.equals(first), () -> "not these rows, in this order: " + first));
    }

    private boolean isBehind(Page<V> page) {
        Optional<String> cursor = page.nextCursor();
        for (int empty = 0; empty < MAX_EMPTY && next.isPresent() && cursor.isPresent(); empty++) {
            Page<V> following = next.get().apply(cursor.get());
            if (!following.items().isEmpty()) {
                return following.items().stream().allMatch(fits);
            }
            cursor = following.nextCursor();
        }
        return false;
    }
}
