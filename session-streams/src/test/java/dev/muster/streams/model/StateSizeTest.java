/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import org.junit.jupiter.api.Test;

/** Whatever is told, no value comes near what a changelog's record may hold. */
class StateSizeTest {

    static final int MAX_BYTES = 256 * 1024;

    private static final int EVENTS = 4_000;

    private final Account account = new Account();

    @Test
    void one_trace_with_thousands_of_names_that_are_as_long_as_they_can_be() {
        for (int i = 0; i < EVENTS; i++) {
            account.tell(immoderate(i, "trace"));
        }
        assertSizes();
        assertThat(account.traces()).hasSize(1);
        for (int i = 0; i < 8; i++) {
            account.tell(immoderate(EVENTS + i * 4 + 2, "late-" + i % 2));
        }
        assertSizes();
        assertThat(account.rows().overlay().chunks()).hasSize(1);
        assertThat(account.rows().overlay().traces()).hasSize(2);
        assertThat(account.figures().figures().openStartsBy(Long.MAX_VALUE)).isEqualTo(EVENTS / 4);
    }

    @Test
    void thousands_of_traces() {
        for (int i = 0; i < EVENTS; i++) {
            account.tell(immoderate(i, i + "trace".repeat(1_000)));
        }
        assertSizes();
        assertThat(account.traces()).hasSize(EVENTS);
    }

    @Test
    void thousands_of_activity_windows_and_prompts_into_which_facts_fall() {
        for (int i = 0; i < EVENTS; i++) {
            account.tell(HookEvent.newBuilder(immoderate(i, "none"))
                    .setTraceId(null)
                    .setTimestamp(Told.START + i * 3_600_000L)
                    .setDurationMs(1000L)
                    .build());
        }
        assertSizes();
        assertThat(account.figures().windows()).isEqualTo(EVENTS);
    }

    private void assertSizes() {
        account.write();
        MemoryRows rows = account.rows();
        assertThat(requireNonNull(rows.session()).length).isLessThan(MAX_BYTES);
        assertThat(rows.tracesStartedBefore(Long.MAX_VALUE))
                .allSatisfy(value -> assertThat(value.length).isLessThan(MAX_BYTES));
        assertThat(rows.tracePages())
                .allSatisfy(value -> assertThat(value.length).isLessThan(MAX_BYTES));
        assertThat(rows.chunks().values())
                .allSatisfy(value -> assertThat(value.length).isLessThan(MAX_BYTES));
    }

    private static HookEvent immoderate(int n, String trace) {
        FactKind kind = switch (n % 4) {
            case 0 -> FactKind.TOOL_START;
            case 1 -> FactKind.TOOL_END;
            case 2 -> FactKind.MODEL_REQUEST;
            default -> FactKind.PROMPT;
        };
        String name = n + "名".repeat(2_000);
        return Told.event(FactId.dedupKey("key-" + n), kind, n * 1000L)
                .setSource(n % 4 == 2 ? Source.OTLP_LOG : Source.SDK)
                .setTraceId(trace)
                .setAgentId(name)
                .setAgentLabel(name)
                .setAgentLabelRank(LabelRank.EXPLICIT)
                .setToolUseId(kind == FactKind.TOOL_START ? name : null)
                .setToolName(name)
                .setModel(name)
                .setSubagentId(name)
                .setSubagentType(name)
                .setTitle(name)
                .setPrompt(name)
                .setOutcome(Outcome.FAILED)
                .setDurationMs((long) Math.pow(1.02, n % 2_200))
                .setReportedCostPicoUsd(Long.MAX_VALUE / EVENTS)
                .setTokens(new Tokens(1_000_000_000L, 1_000_000_000L, 1L, 2L, 3L))
                .build();
    }
}
