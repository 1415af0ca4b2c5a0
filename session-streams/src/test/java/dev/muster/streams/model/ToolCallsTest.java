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
import dev.muster.schemas.avro.Source;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which tool calls are open, by tool use id and, without one, by their order. */
class ToolCallsTest {

    private final Account account = new Account();

    @Test
    void an_end_closes_its_start_and_may_come_before_it() {
        account.tell(Told.toolStart("a", 0, null));
        assertThat(open()).isEqualTo(1);
        account.tell(Told.toolEnd("a", 10, null, Outcome.SUCCESS, 10));
        account.tell(Told.toolEnd("b", 20, null, Outcome.SUCCESS, 10));
        account.tell(Told.toolStart("b", 5, null));

        assertThat(open()).isZero();
        assertThat(account.figures().figures().toolCalls()).isEqualTo(2);
    }

    @Test
    void without_ids_the_kth_start_by_time_belongs_to_the_kth_end() {
        account.tell(alike("s1", FactKind.TOOL_START, 1_000));
        account.tell(alike("s3", FactKind.TOOL_START, 3_000));
        account.tell(alike("e1", FactKind.TOOL_END, 4_000));
        assertThat(openBy(1_000)).isZero();
        assertThat(openBy(3_000)).isEqualTo(1);

        account.tell(alike("s2", FactKind.TOOL_START, 2_000));
        assertThat(openBy(1_000)).isZero();
        assertThat(openBy(2_000)).isEqualTo(1);
        assertThat(openBy(3_000)).isEqualTo(2);

        account.tell(alike("e2", FactKind.TOOL_END, 5_000));
        account.tell(alike("e3", FactKind.TOOL_END, 5_000));
        account.tell(alike("e4", FactKind.TOOL_END, 6_000));
        assertThat(open()).isZero();
    }

    @Test
    void calls_that_differ_in_detail_are_not_alike() {
        account.tell(HookEvent.newBuilder(alike("s1", FactKind.TOOL_START, 0))
                .setToolDetail("ls")
                .build());
        account.tell(alike("e1", FactKind.TOOL_END, 10));

        assertThat(open()).isEqualTo(1);
    }

    /** A start that comes long after its end, among so many calls that nothing can be left to how long it is remembered. */
    @Test
    void however_many_calls_there_are_and_however_late_a_start_or_a_copy_comes_none_is_left_open() {
        int calls = 3_000;
        for (int i = 0; i < calls; i++) {
            account.tell(detailed("e" + i, FactKind.TOOL_END, i * 60_000L + 10, i));
        }
        for (int i = 0; i < calls; i++) {
            account.tell(detailed("s" + i, FactKind.TOOL_START, i * 60_000L, i));
        }
        assertThat(open()).isZero();

        for (int i = 0; i < calls; i++) {
            account.tell(HookEvent.newBuilder(detailed("e" + i, FactKind.TOOL_END, i * 60_000L + 10, i))
                    .setDurationMs(7L)
                    .build());
            account.tell(HookEvent.newBuilder(detailed("s" + i, FactKind.TOOL_START, i * 60_000L, i))
                    .setDurationMs(7L)
                    .build());
        }
        assertThat(open()).isZero();
        account.reopen();
        assertThat(open()).isZero();
    }

    @Test
    void of_two_starts_at_one_time_a_late_prompt_moves_the_open_one() {
        account.tell(alike("s1", FactKind.TOOL_START, 2_000));
        account.tell(alike("s2", FactKind.TOOL_START, 2_000));
        account.tell(alike("e1", FactKind.TOOL_END, 3_000));
        account.tell(Told.prompt("p", 1_000, "trace", "late"));

        Map<String, TraceAggregate> traces = account.traces();
        assertThat(traces).containsOnlyKeys("trace");
        assertThat(traces.values())
                .allSatisfy(trace ->
                        assertThat(trace.figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(1));
    }

    /** Only the latest open calls stand one by one in a trace's row. */
    @Test
    void a_trace_read_back_with_many_open_calls_can_lose_the_first_of_them() {
        int calls = 400;
        for (int i = 0; i < calls; i++) {
            account.tell(Told.toolStart("use-" + i, i, "trace"));
        }
        account.reopen();
        for (int i = 0; i < calls - 1; i++) {
            account.tell(Told.toolEnd("use-" + i, 1_000 + i, "trace", Outcome.SUCCESS, 1));
            if (i % 100 == 0) {
                account.reopen();
            }
        }

        assertThat(open()).isEqualTo(1);
        assertThat(account.traces().values())
                .singleElement()
                .satisfies(trace ->
                        assertThat(trace.figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(1));
    }

    private long open() {
        return openBy(Long.MAX_VALUE - Told.START);
    }

    private long openBy(long time) {
        return account.figures().figures().openStartsBy(Told.START + time);
    }

    private static HookEvent alike(String key, FactKind kind, long time) {
        return Told.event(FactId.dedupKey(key), kind, time)
                .setSource(Source.SDK)
                .setToolName("Bash")
                .build();
    }

    private static HookEvent detailed(String key, FactKind kind, long time, int detail) {
        return HookEvent.newBuilder(alike(key, kind, time))
                .setToolDetail("{\"n\":" + detail + "}")
                .build();
    }
}
