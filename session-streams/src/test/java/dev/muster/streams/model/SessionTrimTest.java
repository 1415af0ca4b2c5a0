/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that never ends loses its old rows. */
class SessionTrimTest {

    private static final long HOUR = 3_600_000;
    private static final int HOURS = 1_000;
    private static final long CUT = 600 * HOUR;

    private final Account account = new Account();

    @BeforeEach
    void an_event_each_hour_and_a_prompt_each_tenth() {
        for (int i = 0; i < HOURS; i++) {
            account.tell(
                    i % 10 == 0
                            ? Told.prompt("p" + i, i * HOUR, null, "prompt " + i)
                            : Told.toolEnd("use-" + i, i * HOUR, null, Outcome.FAILED, 5));
        }
        account.tell(Told.toolStart("old", 5 * HOUR + 1, null));
        account.tell(Told.toolStart("new", 900 * HOUR + 1, null));
        account.write();
    }

    @Test
    void rows_go_and_sums_stay() {
        Map<String, String> before = account.lines();
        long traces = account.figures().traces();
        account.session().trim(Told.START + CUT);
        account.write();

        SessionAggregate session = account.figures();
        assertThat(session.truncated()).isTrue();
        assertThat(session.figures().events()).isEqualTo(HOURS + 2);
        assertThat(session.errors()).isEqualTo(HOURS * 9 / 10);
        assertThat(session.traces()).isEqualTo(traces);
        assertThat(account.lines().get("bounds")).isEqualTo(before.get("bounds"));
        assertThat(session.title()).isEqualTo("prompt 0");
        // A chunk goes when all of it is old.
        assertThat(account.facts()).hasSizeBetween(400, 400 + 2 * RowLimits.USUAL.chunkFacts());
        assertThat(account.traces().values())
                .extracting(TraceAggregate::end)
                .allMatch(end -> end > Told.START + 450 * HOUR);
        assertThat(account.traces()).hasSizeBetween(40, 55);
    }

    @Test
    void what_was_trimmed_is_the_same_when_it_is_opened_again_and_goes_on() {
        account.session().trim(Told.START + CUT);
        Map<String, String> live = account.lines();
        account.reopen();
        assertThat(account.lines()).isEqualTo(live);

        account.session().trim(Told.START + CUT);
        account.tell(Told.toolEnd("later", 1_001 * HOUR, null, Outcome.SUCCESS, 5));
        assertThat(account.figures().figures().events()).isEqualTo(HOURS + 3);
        assertThat(account.figures().figures().toolCalls()).isEqualTo(HOURS * 9 / 10 + 1);
    }

    @Test
    void a_tool_call_whose_row_is_gone_is_waited_for_no_more_and_its_end_breaks_nothing() {
        assertThat(account.figures().figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(2);
        account.session().trim(Told.START + CUT);
        assertThat(account.figures().figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(1);

        account.tell(Told.toolEnd("old", 990 * HOUR, null, Outcome.SUCCESS, 5));
        account.tell(Told.toolEnd("new", 990 * HOUR, null, Outcome.SUCCESS, 5));
        assertThat(account.figures().figures().openStartsBy(Long.MAX_VALUE)).isZero();
    }

    @Test
    void every_fact_that_is_left_can_still_be_merged_moved_and_have_its_tool_call_ended() {
        account.session().trim(Told.START + CUT);
        account.reopen();
        for (StoredFact fact : account.facts()) {
            HookEvent event = fact.event();
            account.tell(HookEvent.newBuilder(event)
                    .setTimestamp(event.getTimestamp() - 30 * 60_000)
                    .setErrorMessage("a")
                    .build());
        }
        Map<String, String> live = account.lines();
        account.reopen();

        assertThat(account.lines()).isEqualTo(live);
        assertThat(account.figures().figures().events()).isEqualTo(HOURS + 2);
        assertThat(account.traces().values())
                .allSatisfy(trace -> assertThat(trace.figures().events()).isPositive());
    }

    @Test
    void what_falls_behind_one_prompt_for_ever_goes_too_and_the_prompt_stays() {
        Account endless = new Account();
        endless.tell(Told.prompt("p", 0, "trace", "for ever"));
        for (int i = 1; i < HOURS; i++) {
            endless.tell(other(i));
        }
        endless.write();

        endless.session().trim(Told.START + CUT);
        endless.reopen();
        endless.tell(other(HOURS));

        assertThat(endless.facts()).hasSizeBetween(400, 400 + 2 * RowLimits.USUAL.chunkFacts());
        assertThat(endless.traces()).containsOnlyKeys("trace");
        assertThat(endless.traces().values())
                .singleElement()
                .satisfies(trace -> assertThat(trace.figures().events()).isEqualTo(HOURS + 1));
    }

    @Test
    void a_session_without_prompts_is_trimmed_too() {
        Account library = new Account();
        for (int i = 0; i < HOURS; i++) {
            library.tell(other(i));
        }
        library.write();
        library.session().trim(Told.START + CUT);
        library.write();

        assertThat(library.facts()).hasSizeBetween(400, 400 + RowLimits.USUAL.chunkFacts());
    }

    @Test
    void a_trace_whose_row_is_old_but_that_has_just_gone_on_stays() {
        Account account = new Account();
        for (int i = 0; i < HOURS; i++) {
            account.tell(own(i, i < 3 ? "resumed" : "trace-" + i / 10));
        }
        account.write();
        account.tell(own(HOURS, "resumed"));
        account.session().trim(Told.START + CUT);
        account.reopen();

        assertThat(account.traces()).containsKey("resumed");
        assertThat(account.traces().values())
                .filteredOn(trace -> trace.id().equals("resumed"))
                .singleElement()
                .satisfies(trace -> assertThat(trace.figures().events()).isEqualTo(4));
    }

    @Test
    void a_trace_that_lies_in_the_sessions_row_goes_too() {
        Account account = new Account();
        for (int i = 0; i < HOURS; i++) {
            account.tell(own(i, i < 64 ? "old" : "new"));
        }
        account.write();
        assertThat(account.rows().overlay().traces()).hasSize(2);

        account.session().trim(Told.START + CUT);

        assertThat(account.traces()).containsOnlyKeys("new");
        account.reopen();
        assertThat(account.traces()).containsOnlyKeys("new");
    }

    @Test
    void what_is_young_is_left_alone() {
        account.session().trim(Told.START - 1);

        assertThat(account.session().isDirty()).isFalse();
        assertThat(account.figures().truncated()).isFalse();
    }

    private static HookEvent other(int hour) {
        return Told.event(FactId.dedupKey("key-" + hour), FactKind.OTHER, hour * HOUR)
                .build();
    }

    private static HookEvent own(int hour, String trace) {
        return HookEvent.newBuilder(other(hour)).setTraceId(trace).build();
    }
}
