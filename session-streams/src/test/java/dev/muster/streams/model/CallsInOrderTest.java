/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.FactKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Calls without a use id: the k-th start by time belongs to the k-th end, whatever came first. */
class CallsInOrderTest {

    private static final long PAIR = 99;
    private static final long TRACE = 5;
    private static final long OTHER_TRACE = 7;

    /** No call has a use id that the session knows an end of. */
    private final ToolPairs pairs = new ToolPairs(id -> false);

    /** How often each start is open, by its time. */
    private final TreeMap<Long, Integer> open = new TreeMap<>();

    private final ToolPairs.Listener listener = new ToolPairs.Listener() {
        @Override
        public void opened(ToolPairs.Start start) {
            open.merge(start.time(), 1, CallsInOrderTest::sum);
        }

        @Override
        public void closed(ToolPairs.Start start) {
            open.merge(start.time(), -1, CallsInOrderTest::sum);
        }
    };

    @Property
    void open_are_the_latest_starts_beyond_the_number_of_ends(
            @ForAll("times") List<Long> starts, @ForAll("times") List<Long> ends, @ForAll long seed) {
        List<FactRow> stay = new ArrayList<>();
        starts.forEach(time -> stay.add(start(time, false)));
        ends.forEach(time -> stay.add(row(FactKind.TOOL_END, time, false)));
        Collections.shuffle(stay, new Random(seed));
        FactRow start = start(6, false);
        FactRow end = row(FactKind.TOOL_END, 6, false);

        pairs.change(start, 1, listener);
        stay.forEach(row -> pairs.change(row, 1, listener));
        pairs.change(end, 1, listener);
        pairs.change(start, -1, listener);
        pairs.change(end, -1, listener);

        assertThat(openTimes())
                .isEqualTo(starts.stream().sorted().skip(ends.size()).toList());
        stay.forEach(row -> pairs.change(row, -1, listener));
        assertThat(openTimes()).isEmpty();
        assertThat(pairs.weight()).isZero();
    }

    @Test
    void a_start_that_was_never_told_cannot_go() {
        pairs.change(start(3, false), 1, listener);
        pairs.change(start(4, false), -1, listener);

        assertThat(openTimes()).containsExactly(3L);
    }

    @Test
    void a_call_that_nothing_ties_to_an_end_is_not_followed() {
        FactRow untied = new FactRow(1, 3, 3, 3, 0, FactKind.TOOL_START, 0, 0, TRACE, false, null, new byte[0]);

        pairs.change(untied, 1, listener);

        assertThat(openTimes()).isEmpty();
        assertThat(pairs.weight()).isZero();
    }

    @Test
    void open_starts_that_fell_into_a_trace_move_with_their_stretch() {
        for (long time = 1; time <= 5; time++) {
            pairs.change(start(time, false), 1, listener);
        }
        pairs.change(row(FactKind.TOOL_END, 9, false), 1, listener);
        List<Long> moved = new ArrayList<>();

        // The first is ended; the stretch begins with the second and ends before the fourth.
        pairs.move(2, 4, OTHER_TRACE, start -> moved.add(start.time()));

        assertThat(moved).containsExactly(2L, 3L);
        pairs.change(moved(2), -1, listener);
        pairs.change(moved(3), -1, listener);
        assertThat(openTimes()).containsExactly(4L, 5L);
    }

    @Test
    void a_start_with_a_trace_of_its_own_stays_there() {
        pairs.change(start(2, true), 1, listener);

        pairs.move(0, 9, OTHER_TRACE, start -> open.clear());
        pairs.change(start(2, true), -1, listener);

        assertThat(openTimes()).isEmpty();
        assertThat(pairs.weight()).isZero();
    }

    private List<Long> openTimes() {
        List<Long> times = new ArrayList<>();
        open.forEach((time, count) -> {
            assertThat(count).isNotNegative();
            times.addAll(Collections.nCopies(count, time));
        });
        return times;
    }

    private static int sum(int a, int b) {
        return a + b;
    }

    private static FactRow start(long time, boolean own) {
        return row(FactKind.TOOL_START, time, own);
    }

    private static FactRow row(FactKind kind, long time, boolean own) {
        return new FactRow(time, time, time, time, 0, kind, PAIR, 0, TRACE, own, null, new byte[0]);
    }

    private static FactRow moved(long time) {
        return new FactRow(
                time, time, time, time, 0, FactKind.TOOL_START, PAIR, 0, OTHER_TRACE, false, null, new byte[0]);
    }

    @Provide
    Arbitrary<List<Long>> times() {
        return Arbitraries.longs().between(0, 12).list().ofMaxSize(8);
    }
}
