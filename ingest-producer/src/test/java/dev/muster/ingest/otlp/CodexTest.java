/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.event;
import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.read;
import static dev.muster.ingest.otlp.Telemetry.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Tokens;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodexTest {

    private static final OtlpSource LOGS = OtlpSource.logs();
    private static final String TRACE = "\"traceId\":\"" + Telemetry.TRACE + "\"";

    @Test
    void aConversationsStartTellsItsSettings() {
        HookEvent event = codex("conversation_starts", "approval_policy", "on-request", "sandbox_policy", "read-only");

        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getSessionId()).isEqualTo("conv-1");
        assertThat(event.getModel()).isEqualTo("gpt-5-codex");
        assertThat(event.getClient()).isEqualTo("shop-agent");
        assertThat(event.getMetadata()).contains("on-request", "read-only");
    }

    @Test
    void aPromptIsAPromptOfNoTraceThatWasTold() {
        HookEvent event = codex("user_prompt", "prompt", "Mend the build", "prompt_length", "14");

        assertThat(event.getKind()).isEqualTo(FactKind.PROMPT);
        assertThat(event.getPrompt()).isEqualTo("Mend the build");
        assertThat(event.getTraceId()).isNull();
        assertThat(event.getHookEvent()).isEqualTo("codex.user_prompt");
    }

    @Test
    void theWordThatStandsForAPromptIsNotKept() {
        HookEvent event = codex("user_prompt", "prompt", "[REDACTED]", "prompt_length", "14");

        assertThat(event.getPrompt()).isNull();
        assertThat(event.toString()).doesNotContain("REDACTED");
    }

    @Test
    void whoTheUserIsStandsInOneField() {
        HookEvent event = codex(
                "api_request",
                "http.response.status_code",
                "401",
                "user.email",
                "who@example.com",
                "user.account_id",
                "acct-7",
                "auth.header_name",
                "authorization",
                "auth.request_id",
                "areq-7",
                "auth_mode",
                "Chatgpt");

        // Whether this is kept is a setting.
        assertThat(event.getUser()).isEqualTo("who@example.com");
        event.setUser(null);
        assertThat(event.toString()).doesNotContain("who@", "acct-7", "authorization", "areq-7", "Chatgpt");
    }

    @Test
    void anAnswersEndIsARequestWithItsUsage() {
        HookEvent event = codex(
                "sse_event",
                "event.kind",
                "response.completed",
                "input_token_count",
                "1000",
                "output_token_count",
                "50",
                "cached_token_count",
                "800",
                "reasoning_token_count",
                "30",
                "tool_token_count",
                "1050");

        Tokens tokens = new Tokens(200L, 50L, 800L, 0L, 0L);
        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getTokens()).isEqualTo(tokens);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getId()).isEqualTo(FactId.request(null, "gpt-5-codex", tokens));
        assertThat(event.getMetadata()).contains("reasoning_token_count", "1050");
    }

    @Test
    void anAnswerThatEndsInAnErrorIsAFailedRequest() {
        HookEvent event = codex("sse_event", "event.kind", "response.completed", "error.message", "stream closed");

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorMessage()).isEqualTo("stream closed");
        assertThat(event.getTokens()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"response.created", "response.failed", "response.output_item.done"})
    void theOtherEventsOfAStreamAreIgnored(String kind) {
        assertThat(read(LOGS, body("sse_event", "event.kind", kind)).ignored()).containsKey("codex.sse_event");
    }

    @Test
    void aRequestThatFailedHasItsStatus() {
        HookEvent event = codex(
                "api_request",
                "http.response.status_code",
                "429",
                "error.message",
                "slow down",
                "duration_ms",
                "120",
                "attempt",
                "2");

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorType()).isEqualTo("429");
        assertThat(event.getErrorMessage()).isEqualTo("slow down");
        assertThat(event.getDurationMs()).isEqualTo(120);
    }

    @Test
    void aRequestThatWentWellIsToldByItsAnswer() {
        assertThat(read(LOGS, body("api_request", "http.response.status_code", "200"))
                        .ignored())
                .isEqualTo(Map.of("codex.api_request", 1));
    }

    @ParameterizedTest
    @CsvSource({"true,SUCCESS,", "false,FAILED,2 files"})
    void aToolsResultIsItsEnd(String success, Outcome outcome, String error) {
        HookEvent event = codex(
                "tool_result",
                "tool_name",
                "shell",
                "call_id",
                "call_9",
                "arguments",
                "{\"command\":[\"ls\"]}",
                "duration_ms",
                "35",
                "success",
                success,
                "output",
                "2 files");

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("call_9"));
        assertThat(event.getPhase()).isEqualTo(Phase.POST);
        assertThat(event.getOutcome()).isEqualTo(outcome);
        assertThat(event.getToolName()).isEqualTo("shell");
        assertThat(event.getToolDetail()).isEqualTo("{\"command\":[\"ls\"]}");
        assertThat(event.getDurationMs()).isEqualTo(35);
        assertThat(event.getResponse()).isEqualTo("2 files");
        assertThat(event.getErrorMessage()).isEqualTo(error);
    }

    @Test
    void aToolsResultWithoutCallIdIsAFactOfItsOwn() {
        assertThat(codex("tool_result", "tool_name", "shell", "success", "false")
                        .getId())
                .startsWith("content:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"approved", "approved_for_session", "approved_with_amendment"})
    void thatACallMayRunIsDetailOfItsStart(String decision) {
        HookEvent event = decision(decision, "user");

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_START);
        assertThat(event.getId()).isEqualTo(FactId.toolStart("call_9"));
        assertThat(event.getOutcome()).isEqualTo(Outcome.PENDING);
        assertThat(event.getMetadata()).contains(decision);
    }

    @ParameterizedTest
    @CsvSource({
        "denied,user,user_rejected",
        "abort,user,user_rejected",
        "timed_out,user,user_rejected",
        "denied,config,settings_blocked"
    })
    void thatItMayNotIsItsEnd(String decision, String source, String denial) {
        HookEvent event = decision(decision, source);

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("call_9"));
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getDenialType()).isEqualTo(denial);
    }

    @Test
    void itsSpansTellNothingMore() {
        String json =
                span("stream_request", Map.of("gen_ai.operation.name", "chat")).replace("shop-agent", "codex_cli_rs");

        assertThat(read(OtlpSource.traces(), json).ignored()).isEqualTo(Map.of("stream_request", 1));
    }

    private static HookEvent decision(String decision, String source) {
        return codex(
                "tool_decision", "tool_name", "shell", "call_id", "call_9", "decision", decision, "source", source);
    }

    private static HookEvent codex(String name, String... attributes) {
        return event(LOGS, body(name, attributes));
    }

    private static String body(String name, String... attributes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "event.name",
                "codex." + name,
                "event.timestamp",
                "2026-11-22T16:00:00.000Z",
                "conversation.id",
                "conv-1",
                "model",
                "gpt-5-codex",
                "slug",
                "gpt-5-codex"));
        for (int i = 0; i < attributes.length; i += 2) {
            all.put(attributes[i], attributes[i + 1]);
        }
        return logs(log(all, TRACE));
    }
}
