/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What lies in a session's own row, and a session that rests on it. */
class SessionRowTest {

    private final Account account = new Account();
    private final MemoryRows rows = account.rows();

    private int told;

    /** So many facts of a trace, a second after the other. */
    private void tell(int facts, String trace) {
        for (int i = 0; i < facts; i++) {
            account.tell(fact(told++, trace));
        }
    }

    private static HookEvent fact(int n, String trace) {
        return Told.event(FactId.dedupKey("key-" + n), FactKind.OTHER, n * 1000L)
                .setTraceId(trace)
                .build();
    }

    @Test
    void a_small_session_is_one_row() {
        tell(15, "a");
        tell(16, "b");
        account.write();

        assertThat(rows.puts).isEqualTo(1);
        assertThat(account.facts()).hasSize(31);
        assertThat(account.traces()).containsOnlyKeys("a", "b");
    }

    @Test
    void a_turn_of_32_facts_in_three_traces_is_their_chunk_their_traces_and_the_sessions_row() {
        tell(32, "a");
        account.write();
        for (String turn : new String[] {"b", "c", "d"}) {
            int before = rows.puts;
            tell(10, turn + 1);
            tell(10, turn + 2);
            tell(12, turn + 3);
            account.write();
            assertThat(rows.puts - before).isLessThanOrEqualTo(5);
        }
        assertThat(account.traces()).hasSize(10);
    }

    @Test
    void a_chunk_gets_its_row_with_the_facts_that_fill_half_of_it_and_what_comes_behind_begins_another() {
        tell(31, "a");
        account.write();
        assertThat(rows.chunks()).isEmpty();
        tell(3, "a");
        account.write();
        assertThat(rows.chunks()).hasSize(1);
        tell(1, "a");
        account.write();

        assertThat(rows.chunks()).hasSize(1);
        assertThat(rows.overlay().chunks()).hasSize(1);
        assertThat(account.facts()).hasSize(35);
    }

    @Test
    void a_chunk_that_is_too_large_for_the_sessions_row_gets_one_of_its_own() {
        Random random = new Random(3);
        for (int i = 0; i < 4; i++) {
            StringBuilder noise = new StringBuilder();
            random.ints(8_000, 0x4E00, 0x9000).forEach(c -> noise.append((char) c));
            account.tell(Told.event(FactId.dedupKey("key-" + i), FactKind.OTHER, i)
                    .setMetadata("\"" + noise + "\"")
                    .build());
        }
        account.write();

        assertThat(rows.chunks()).hasSize(1);
        assertThat(rows.overlay().chunks()).isEmpty();
    }

    @Test
    void a_trace_that_is_none_of_the_latest_gets_its_row_and_keeps_it() {
        for (String trace : new String[] {"a", "b", "c"}) {
            tell(2, trace);
        }
        account.write();
        assertThat(rows.traces()).containsOnlyKeys("a");

        tell(2, "a");
        account.write();
        account.reopen();

        assertThat(rows.traces()).containsOnlyKeys("a");
        assertThat(account.traces()).containsOnlyKeys("a", "b", "c");
        assertThat(account.traces().get("a"))
                .satisfies(trace -> assertThat(trace.figures().events()).isEqualTo(4));
    }

    @Test
    void where_traces_have_their_rows_becomes_a_row_a_page_at_a_time() {
        for (int i = 0; i < 100; i++) {
            tell(1, "trace-" + i);
            if (i % 9 == 0) {
                account.write();
            }
        }
        account.write();
        assertThat(rows.tracePages()).hasSize(3);
        assertThat(rows.overlay().locations()).hasSize(2);

        account.reopen();
        account.tell(Told.event(FactId.dedupKey("late"), FactKind.OTHER, -5_000)
                .setTraceId("trace-3")
                .build());
        account.reopen();

        assertThat(account.traces()).hasSize(100);
        assertThat(account.traces().get("trace-3"))
                .satisfies(trace -> assertThat(trace.start()).isEqualTo(Told.START - 5_000));
        assertThat(rows.overlay().locations()).hasSize(3);
    }

    @Test
    void a_session_that_rests_is_its_row_and_tells_its_bounds_without_waking() {
        tell(40, "a");
        account.session().setListed(account.session().lastActivity(), 1);
        account.write();
        Session session = account.session();

        assertThat(session.lastActivity()).isEqualTo(Told.START + 39_000);
        assertThat(session.start()).isEqualTo(Told.START);
        assertThat(session.listedAt()).isEqualTo(session.lastActivity());
        assertThat(session.trim(Told.START - 1)).isFalse();
        assertThat(session.weight()).isPositive();
        assertThat(session.copy(new StateOutput()).row()).isSameAs(rows.session());
    }

    @Test
    void resting_costs_less_than_being_awake() {
        tell(40, "a");
        int awake = account.session().weight();
        account.write();

        assertThat(account.session().weight()).isLessThan(awake / 2);
    }

    @Test
    void more_open_calls_than_a_row_lists_are_known_to_the_last_one_also_after_a_rest() {
        for (int i = 0; i < 400; i++) {
            account.tell(Told.toolStart("use-" + i, i * 1000L, "a"));
        }
        account.write();
        for (int i = 0; i < 100; i += 2) {
            account.tell(Told.toolEnd("use-" + i, 500_000, "a", Outcome.SUCCESS, 5));
            if (i % 20 == 0) {
                account.write();
            }
        }
        for (int i = 100; i < 300; i++) {
            account.tell(Told.toolEnd("use-" + i, 500_000, "a", Outcome.SUCCESS, 5));
        }

        assertThat(account.figures().figures().openStartsBy(Told.START + 50_000))
                .isEqualTo(25);
        assertThat(account.figures().figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(150);
    }

    @Test
    void figures_of_a_session_that_rests_are_not_at_hand() {
        tell(1, "a");
        SessionAggregate figures = account.figures();
        CompactFigures resting =
                new CompactFigures(figures, new byte[0], Account.RULES.zones().days("local"));
        resting.write(new ActivityWindows(), new Overlay(List.of(), Map.of(), List.of()), new StateOutput());
        resting.compact();

        assertThatIllegalStateException().isThrownBy(resting::get);
        resting.inflate();
        assertThat(resting.get().first()).isEqualTo(figures.first());
    }
}
