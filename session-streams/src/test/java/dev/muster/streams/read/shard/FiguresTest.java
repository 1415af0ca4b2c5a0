/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import dev.muster.streams.price.TokenCounts;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.TraceView;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of figures at the time of reading. */
class FiguresTest {

    private static final String PRICED = "claude-sonnet-4-5-20250929";

    private final Sessions sessions = new Sessions(1 << 20);

    @Test
    void without_tokens_the_cost_is_0_and_with_none_that_is_priced_unknown() {
        sessions.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 0).build());
        assertThat(figures().costUsd()).hasValue(0);
        assertThat(figures().reportedUsd()).isEmpty();

        sessions.tell(request("r1", "no-such-model", 100));
        assertThat(figures().costUsd()).isEmpty();
        assertThat(figures().unpricedTokens()).isEqualTo(100);

        sessions.tell(request("r2", PRICED, 1_000));
        assertThat(figures().costUsd()).hasValue(0.003);
        assertThat(figures().unpricedTokens()).isEqualTo(100);
        assertThat(figures().tokens()).isEqualTo(new TokenCounts(1_100, 0, 0, 0, 0));
    }

    @Test
    void what_sources_report_is_kept_beside_ours() {
        sessions.tell(HookEvent.newBuilder(request("r", PRICED, 1_000))
                .setReportedCostPicoUsd(2_500_000_000L)
                .build());

        assertThat(figures().costUsd()).hasValue(0.003);
        assertThat(figures().reportedUsd()).hasValue(0.0025);
    }

    @Test
    void percentiles_are_unknown_while_nothing_was_timed() {
        sessions.tell(Sessions.event(FactId.dedupKey("k"), FactKind.OTHER, 0).build());
        assertThat(figures().latencyAll().count()).isZero();
        assertThat(figures().latencyAll().p50Ms()).isEmpty();
        assertThat(figures().latencyAll().p95Ms()).isEmpty();

        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 0)
                .setDurationMs(40L)
                .build());
        assertThat(figures().latencyTools().p50Ms()).hasValue(40);
        assertThat(figures().latencyTools().p95Ms()).hasValue(40);
        assertThat(figures().latencyAll().p95Ms()).hasValue(40);
        assertThat(figures().latencyModels().p50Ms()).isEmpty();
    }

    @Test
    void a_tool_call_is_an_orphan_from_120_seconds_on_until_its_end_comes() {
        sessions.tell(Sessions.event(FactId.toolStart("u"), FactKind.TOOL_START, 0)
                .setTraceId("t")
                .setToolUseId("u")
                .build());

        assertThat(sessions.session(119_999).figures().orphans()).isZero();
        assertThat(sessions.session(120_000).figures().orphans()).isEqualTo(1);
        assertThat(trace(120_000).figures().orphans()).isEqualTo(1);
        assertThat(sessions.session(120_000).figures().errors()).isZero();

        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 500_000)
                .setTraceId("t")
                .setToolUseId("u")
                .build());
        assertThat(sessions.session(600_000).figures().orphans()).isZero();
    }

    @Test
    void an_editors_repeated_usage_counts_once_and_only_where_telemetry_tells_of_no_request() {
        for (int i = 0; i < 3; i++) {
            sessions.tell(Sessions.event(FactId.dedupKey("e" + i), FactKind.OTHER, i)
                    .setSource(Source.SDK)
                    .setEditor(true)
                    .setTraceId("t")
                    .setModel(PRICED)
                    .setTokens(new Tokens(2_000L, 0L, 0L, 0L, 0L))
                    .build());
        }
        assertThat(figures().tokens().input()).isEqualTo(2_000);
        assertThat(figures().costUsd()).hasValue(0.006);
        assertThat(trace(0).figures().costUsd()).hasValue(0.006);

        sessions.tell(request("r", PRICED, 1_000));
        assertThat(figures().tokens().input()).isEqualTo(1_000);
        assertThat(figures().costUsd()).hasValue(0.003);
        assertThat(trace(0).figures().tokens().input()).isZero();
        assertThat(figures().models()).containsExactly(PRICED);
    }

    @Test
    void an_event_shows_the_trace_that_it_fell_into_and_none_in_the_preamble() {
        sessions.tell(Sessions.event(FactId.dedupKey("before"), FactKind.OTHER, 0)
                .setTraceId("")
                .build());
        sessions.tell(Sessions.event(FactId.prompt("p"), FactKind.PROMPT, 1)
                .setTraceId("t")
                .build());
        sessions.tell(
                Sessions.event(FactId.dedupKey("behind"), FactKind.OTHER, 2).build());

        assertThat(sessions.reader(Sessions.NOW)
                        .events("local", "s", 10, Optional.empty())
                        .orElseThrow()
                        .items())
                .extracting(EventView::traceId)
                .containsExactly(Optional.empty(), Optional.of("t"), Optional.of("t"));
        assertThat(sessions.session(0).traces()).isEqualTo(1);
    }

    private FiguresView figures() {
        return sessions.session(0).figures();
    }

    private TraceView trace(long time) {
        return sessions.reader(Sessions.NOW.plusMillis(time))
                .trace("local", "s", "t")
                .orElseThrow();
    }

    private static HookEvent request(String id, String model, long input) {
        return Sessions.event(FactId.request(id), FactKind.MODEL_REQUEST, 0)
                .setSource(Source.OTLP_LOG)
                .setOutcome(Outcome.SUCCESS)
                .setModel(model)
                .setTokens(new Tokens(input, 0L, 0L, 0L, 0L))
                .build();
    }
}
