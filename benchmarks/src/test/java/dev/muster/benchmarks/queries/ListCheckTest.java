/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.streams.read.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ListCheckTest {

    private static final Instant REST = Instant.parse("2026-11-22T12:00:00Z");
    private static final Moment UNDER_LOAD = new Moment(Optional.of(REST));
    private static final ListOf<Row> ROWS = new ListOf<>(Row::id, Row::value, Row::lastActivity);

    private record Row(String id, double value, Instant lastActivity) {

        static Row of(String id, double value) {
            return new Row(id, value, REST.minusSeconds(1));
        }
    }

    private static final Row A = Row.of("a", 3);
    private static final Row B = Row.of("b", 2);
    private static final Row C = Row.of("c", 2);

    private static Page<Row> page(Row... rows) {
        return new Page<>(List.of(rows), Optional.empty());
    }

    private static Page<Row> pageBefore(String cursor, Row... rows) {
        return new Page<>(List.of(rows), Optional.of(cursor));
    }

    /** A list of pages of three that is all there is. */
    private static ListCheck<Row> whole(long expected) {
        return ListCheck.whole(ROWS, 3, () -> expected, row -> !row.id.equals("x"));
    }

    /** A list that may end a page early. */
    private static ListCheck<Row> filtered(long expected, Map<String, Page<Row>> behind) {
        Function<String, Page<Row>> next = cursor -> behind.getOrDefault(cursor, page());
        return ListCheck.filtered(ROWS, 3, () -> expected, row -> !row.id.equals("x"), next);
    }

    @Test
    void countsTheRowsOfARightPage() {
        assertThat(whole(3).rows(page(A, B, C), Moment.AT_REST)).isEqualTo(3);
        assertThat(whole(7).rows(pageBefore("d", A, B, C), Moment.AT_REST)).isEqualTo(3);
        assertThat(whole(0).rows(page(), Moment.AT_REST)).isZero();
    }

    @Test
    void refusesMoreRowsThanAPageHas() {
        assertWrong(whole(4), page(A, B, C, Row.of("d", 1)), "4 rows on a page of 3");
    }

    @Test
    void refusesMoreOrFewerRowsThanThereAre() {
        assertWrong(whole(3), page(A, B), "2 rows, where there are 3");
        assertWrong(whole(1), page(A, B), "2 rows, where there are 1");
        assertWrong(filtered(1, Map.of()), pageBefore("d", A, B), "2 rows, where there are only 1");
    }

    @Test
    void refusesRowsThatDoNotFitOrStandTwice() {
        assertWrong(whole(2), page(A, Row.of("x", 1)), "a row that does not fit");
        assertWrong(whole(2), page(A, A), "a row that is there twice");
    }

    @Test
    void refusesRowsOutOfOrder() {
        assertWrong(whole(2), page(B, A), "out of order, 3.0 behind 2.0");
        assertThatThrownBy(() -> whole(2).rows(page(B, A), UNDER_LOAD)).hasMessageContaining("out of order");
    }

    @Test
    void aFilteredPageMayEndEarlyIfTheRestIsBehindIt() {
        assertThat(filtered(3, Map.of()).rows(pageBefore("b", A), Moment.AT_REST))
                .isEqualTo(1);
        ListCheck<Row> far = filtered(1, Map.of("a", pageBefore("b"), "b", page(A)));
        assertThat(far.rows(pageBefore("a"), Moment.AT_REST)).isZero();
        assertThat(filtered(0, Map.of()).rows(pageBefore("a"), Moment.AT_REST)).isZero();

        assertWrong(filtered(1, Map.of("a", pageBefore("b"))), pageBefore("a"), "no row on any page");
        assertWrong(filtered(1, Map.of("a", page(Row.of("x", 1)))), pageBefore("a"), "no row on any page");
        assertWrong(filtered(2, Map.of()), page(A), "1 rows, where there are 2");
    }

    @Test
    void refusesOtherRowsThanAreKnownToComeFirst() {
        ListCheck<Row> known = new ListCheck<>(
                ROWS,
                3,
                () -> 3,
                Optional.of(() -> List.of("a", "b", "c")),
                row -> true,
                Optional.of(cursor -> page()));

        assertThat(known.rows(page(A, B, C), Moment.AT_REST)).isEqualTo(3);
        assertThat(known.rows(pageBefore("b", A, B), Moment.AT_REST)).isEqualTo(2);
        assertThat(known.rows(page(A, C, Row.of("d", 1)), UNDER_LOAD)).isEqualTo(3);
        assertWrong(known, page(A, C, B), "not these rows, in this order: [a, b, c]");
        assertWrong(known, pageBefore("c", A, C), "not these rows, in this order: [a, b]");
    }

    @Test
    void underLoadRowsThatChangeMayStandWhereTheyStoodBefore() {
        Row changing = new Row("d", 9, REST.plusSeconds(1));

        assertThat(whole(2).rows(page(A, changing, B), UNDER_LOAD)).isEqualTo(3);
        assertWrong(whole(3), page(A, changing, B), "out of order");
    }

    @Test
    void underLoadThereMayBeMoreRowsButNotNone() {
        assertThat(whole(1).rows(page(A, B, C), UNDER_LOAD)).isEqualTo(3);
        assertThat(whole(2).rows(pageBefore("d"), UNDER_LOAD)).isZero();
        assertThatThrownBy(() -> whole(2).rows(page(), UNDER_LOAD)).hasMessage("no rows, where there were 2");
    }

    private static void assertWrong(ListCheck<Row> check, Page<Row> page, String complaint) {
        assertThatThrownBy(() -> check.rows(page, Moment.AT_REST))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining(complaint);
    }
}
