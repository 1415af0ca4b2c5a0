/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.events;
import static dev.muster.ingest.otlp.Telemetry.read;
import static dev.muster.ingest.otlp.Telemetry.span;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.MappedBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeSpansTest {

    private static final OtlpSource TRACES = OtlpSource.traces();
    private static final long START = 1_795_363_200_000L;
    private static final long END = START + 1500;
    private static final String FAILED = "\"status\":{\"code\":2,\"message\":\"broken\"}";
    private static final Map<String, Object> CALL = Map.of("tool_use_id", "t1", "tool_name", "Bash", "duration_ms", 30);

    @Test
    void aRequestIsTheOneOfItsLogEvents() {
        HookEvent event = event(
                "llm_request",
                Map.of(
                        "request_id",
                        "req_1",
                        "model",
                        "claude-sonnet-4-5",
                        "input_tokens",
                        22,
                        "output_tokens",
                        50,
                        "cache_read_tokens",
                        7,
                        "cache_creation_tokens",
                        9,
                        "success",
                        true,
                        "duration_ms",
                        450));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getSource()).isEqualTo(Source.OTLP_SPAN);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getTokens()).isEqualTo(new Tokens(22L, 50L, 7L, 9L, 0L));
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getDurationMs()).isEqualTo(450);
        assertThat(event.getTimestamp()).isEqualTo(END);
    }

    @Test
    void aRequestMayHaveFailedByItsAttributeOrItsStatus() {
        HookEvent told = event(
                "llm_request",
                Map.of("request_id", "req_1", "success", false, "status_code", 400, "error", "bad", "input_tokens", 0));
        HookEvent untold = event("llm_request", Map.of("request_id", "req_2", "error_class", "client_error"), FAILED);
        HookEvent succeeded = event("llm_request", Map.of("success", true), FAILED);

        assertThat(told.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(told.getType()).isEqualTo(EventType.ERROR);
        assertThat(told.getErrorType()).isEqualTo("400");
        assertThat(told.getErrorMessage()).isEqualTo("bad");
        assertThat(told.getTokens()).isNull();
        assertThat(untold.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(untold.getErrorType()).isEqualTo("client_error");
        assertThat(succeeded.getOutcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aToolIsItsStartAndItsEnd() {
        List<HookEvent> events = events(TRACES, json("tool", CALL));

        assertThat(events).extracting(HookEvent::getKind).containsExactly(FactKind.TOOL_START, FactKind.TOOL_END);
        assertThat(events).extracting(HookEvent::getId).containsExactly("tool-start:t1", "tool-end:t1");
        assertThat(events).extracting(HookEvent::getPhase).containsExactly(Phase.PRE, Phase.POST);
        assertThat(events).extracting(HookEvent::getTimestamp).containsExactly(START, END);
        assertThat(events).extracting(HookEvent::getDurationMs).containsExactly(null, 30L);
        assertThat(events).extracting(HookEvent::getToolName).containsOnly("Bash");
        assertThat(events).extracting(HookEvent::getSource).containsOnly(Source.OTLP_SPAN);
        assertThat(events.get(0).getOutcome()).isEqualTo(Outcome.PENDING);
        assertThat(events.get(1).getOutcome()).isNull();
    }

    @Test
    void aRunGoesBeforeTheWaitForIt() {
        HookEvent event = event("tool.execution", Map.of("tool_use_id", "t1", "duration_ms", 22, "success", true));

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("t1"));
        assertThat(event.getSource()).isEqualTo(Source.OTLP_TOOL_EXECUTION);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getDurationMs()).isEqualTo(22);
        assertThat(event.getTimestamp()).isEqualTo(END);
    }

    @Test
    void aRunThatFailedIsAnError() {
        HookEvent event = event(
                "tool.execution",
                Map.of(
                        "tool_use_id",
                        "t1",
                        "success",
                        "false",
                        "error_class",
                        "ShellError",
                        "error",
                        "x".repeat(2001)));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getErrorType()).isEqualTo("ShellError");
        assertThat(event.getErrorMessage()).hasSize(2000);
        assertThat(event.getMetadata()).contains("\"_cut\":{\"error\":2001}");
        assertThat(event("tool.execution", Map.of("tool_use_id", "t1"), FAILED).getOutcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aSpansTraceIsNeverItsSessions() {
        Stream.of("llm_request", "tool", "tool.execution")
                .flatMap(name -> events(TRACES, json(name, CALL)).stream())
                .forEach(event -> {
                    assertThat(event.getTraceId()).isNull();
                    assertThat(event.toString()).doesNotContain(Telemetry.TRACE);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"interaction", "tool.blocked_on_user", "hook", "something_new"})
    void whatNobodyElseKnowsByItsIdIsIgnored(String name) {
        assertThat(read(TRACES, json(name, CALL)))
                .isEqualTo(new MappedBody(List.of(), List.of(), Map.of("claude_code." + name, 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tool", "tool.execution"})
    void aToolWithoutIdIsIgnored(String name) {
        assertThat(read(TRACES, json(name, Map.of("tool_name", "Bash"))).ignored())
                .isEqualTo(Map.of("claude_code." + name, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm_request", "tool", "tool.execution"})
    void whoTheUserIsStandsInOneField(String name) {
        Map<String, Object> attributes = new HashMap<>(CALL);
        attributes.putAll(Map.of(
                "user.email",
                "who@example.com",
                "user.account_uuid",
                "acct-8",
                "user.id",
                "hash-9",
                "organization.id",
                "org-7",
                "user_prompt",
                "Mend it",
                "agent_id",
                "a1"));

        assertThat(events(TRACES, json(name, attributes))).isNotEmpty().allSatisfy(event -> {
            // Whether this is kept is a setting.
            assertThat(event.getUser()).isEqualTo("who@example.com");
            event.setUser(null);
            assertThat(event.toString()).doesNotContain("who@", "acct-8", "hash-9", "org-7", "Mend it");
            assertThat(event.getSubagentId()).isEqualTo("a1");
            assertThat(event.getSessionId()).isEqualTo("session-1");
        });
    }

    @Test
    void aRecordedSessionTellsItsFacts() {
        List<HookEvent> events = new ArrayList<>();
        Map<String, Integer> ignored = new HashMap<>();
        Telemetry.recorded("traces").forEach(body -> {
            MappedBody mapped = read(TRACES, body);
            assertThat(mapped.refused()).isEmpty();
            events.addAll(mapped.events());
            mapped.ignored().forEach((name, count) -> ignored.merge(name, count, Integer::sum));
        });

        assertThat(events).extracting(HookEvent::getKind).hasSize(30).doesNotContain(FactKind.PROMPT);
        assertThat(events.stream().map(HookEvent::getId).distinct()).hasSize(24);
        assertThat(ignored).isEqualTo(Map.of("claude_code.interaction", 7, "claude_code.tool.blocked_on_user", 6));
    }

    private static HookEvent event(String name, Map<String, Object> attributes, String... fields) {
        return Telemetry.event(TRACES, json(name, attributes, fields));
    }

    private static String json(String name, Map<String, Object> attributes, String... fields) {
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("session.id", "session-1");
        return span("claude_code." + name, all, fields);
    }
}
