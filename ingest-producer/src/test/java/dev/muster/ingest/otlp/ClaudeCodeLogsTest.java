/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.MappedBody;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeLogsTest {

    private static final OtlpSource LOGS = OtlpSource.logs();
    private static final Map<String, Object> USAGE = Map.of(
            "model",
            "claude-sonnet-4-5",
            "input_tokens",
            22,
            "output_tokens",
            50,
            "cache_read_tokens",
            28_672,
            "cache_creation_tokens",
            128);

    private static final Map<String, Object> CALL = Map.of("tool_name", "Bash", "tool_use_id", "t1");

    @Test
    void anEventIsOfItsSessionAndPrompt() {
        HookEvent event = event("user_prompt", Map.of("prompt", "Mend the build", "prompt_length", "14"));

        assertThat(event.getKind()).isEqualTo(FactKind.PROMPT);
        assertThat(event.getId()).isEqualTo(FactId.prompt("p1"));
        assertThat(event.getTraceId()).isEqualTo("p1");
        assertThat(event.getSessionId()).isEqualTo("session-1");
        assertThat(event.getSource()).isEqualTo(Source.OTLP_LOG);
        assertThat(event.getHookEvent()).isEqualTo("user_prompt");
        assertThat(event.getPrompt()).isEqualTo("Mend the build");
        assertThat(event.getTimestamp()).isEqualTo(1_795_363_200_000L);
        assertThat(event.getAgentLabel()).isEqualTo("claude-code:session-");
        assertThat(event.getAgentLabelRank()).isEqualTo(LabelRank.SESSION);
        assertThat(event.getMetadata()).isEqualTo("{\"prompt_length\":\"14\"}");
    }

    @ParameterizedTest
    @CsvSource({"user_prompt,prompt", "assistant_response,response"})
    void theWordThatStandsForATextIsNotKept(String name, String attribute) {
        HookEvent event = event(name, Map.of(attribute, "<REDACTED>", "request_id", "req_1"));

        assertThat(event.getPrompt()).isNull();
        assertThat(event.getResponse()).isNull();
        assertThat(event.toString()).doesNotContain("REDACTED");
    }

    @Test
    void anotherProgramsMessageIsNone() {
        HookEvent event = event("user_prompt", Map.of("prompt", "<task-notification>x</task-notification>"));

        assertThat(event.getId()).isEqualTo(FactId.prompt("p1"));
        assertThat(event.getPrompt()).isEmpty();
        assertThat(event.getResponse()).isEqualTo("<task-notification>x</task-notification>");
    }

    @Test
    void aSubagentsPromptIsNone() {
        assertThat(mapped("user_prompt", Map.of("prompt", "Count", "agent_id", "a1"))
                        .ignored())
                .isEqualTo(Map.of("user_prompt", 1));
    }

    @Test
    void itIsToldByItsNameAlone() {
        String json = logs(log(Map.of("session.id", "s1"), "\"body\":{\"stringValue\":\"claude_code.user_prompt\"}"));

        assertThat(read(LOGS, json).events()).singleElement().satisfies(event -> {
            assertThat(event.getKind()).isEqualTo(FactKind.PROMPT);
            assertThat(event.getId()).startsWith("content:");
            assertThat(event.getTraceId()).isNull();
        });
    }

    @Test
    void aRequestHasItsUsageAndWhatTheClientSaysItCost() {
        HookEvent event = event(
                "api_request",
                with(
                        USAGE,
                        "request_id",
                        "req_1",
                        "cost_usd",
                        0.0023807999999999998,
                        "cost_usd_micros",
                        2381,
                        "duration_ms",
                        450,
                        "speed",
                        "normal"));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getType()).isEqualTo(EventType.REASONING);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getTokens()).isEqualTo(new Tokens(22L, 50L, 28_672L, 128L, 0L));
        assertThat(event.getModel()).isEqualTo("claude-sonnet-4-5");
        assertThat(event.getReportedCostPicoUsd()).isEqualTo(2_380_800_000L);
        assertThat(event.getDurationMs()).isEqualTo(450);
        assertThat(event.getSpeed()).isNull();
        assertThat(event.getMetadata()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"128,0,128,0", "28,100,28,100", ",100,0,100", "28,,28,0", ",,128,0"})
    void aCacheWriteIsOfFiveMinutesUnlessItIsSplit(Integer told5m, Integer told1h, long fiveMinutes, long hour) {
        Map<String, Object> attributes = with(USAGE);
        attributes.put("cache_creation_5m_tokens", told5m);
        attributes.put("cache_creation_1h_tokens", told1h);
        attributes.values().removeIf(value -> value == null);

        Tokens tokens = event("api_request", attributes).getTokens();

        assertThat(tokens.getCacheWrite5m()).isEqualTo(fiveMinutes);
        assertThat(tokens.getCacheWrite1h()).isEqualTo(hour);
    }

    @Test
    void numbersMayBeToldAsText() {
        HookEvent event = event(
                "api_request",
                Map.of(
                        "input_tokens",
                        "22",
                        "output_tokens",
                        "50",
                        "cache_creation_1h_tokens",
                        "7",
                        "cost_usd",
                        "0.0023807999999999998",
                        "duration_ms",
                        "450.6"));

        assertThat(event.getTokens()).isEqualTo(new Tokens(22L, 50L, 0L, 0L, 7L));
        assertThat(event.getReportedCostPicoUsd()).isEqualTo(2_380_800_000L);
        assertThat(event.getDurationMs()).isEqualTo(451);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000.01", "1e300", "much", "", "NaN"})
    void aCostThatCannotBeIsNone(String cost) {
        assertThat(event("api_request", with(USAGE, "cost_usd", cost)).getReportedCostPicoUsd())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1e300, Double.NaN, Double.POSITIVE_INFINITY})
    void norIsANumberThatCannotBe(double cost) {
        assertThat(event("api_request", with(USAGE, "cost_usd", cost)).getReportedCostPicoUsd())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1e-7,100000", "1.5E-12,2", "1000000,1000000000000000000"})
    void aCostIsExactInPicoDollars(double cost, long pico) {
        assertThat(event("api_request", with(USAGE, "cost_usd", cost)).getReportedCostPicoUsd())
                .isEqualTo(pico);
    }

    @Test
    void aRequestWithoutIdGoesByItsModelAndUsage() {
        HookEvent event = event("api_request", USAGE);

        assertThat(event.getId()).isEqualTo(FactId.request(null, "claude-sonnet-4-5", event.getTokens()));
    }

    @Test
    void anUnusualSpeedIsTold() {
        assertThat(event("api_request", with(USAGE, "speed", "fast")).getSpeed())
                .isEqualTo("fast");
    }

    @Test
    void anAnswersTextBelongsToItsRequest() {
        HookEvent event = event("assistant_response", Map.of("response", "Done.", "request_id", "req_1"));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getResponse()).isEqualTo("Done.");
        assertThat(event.getTokens()).isNull();
    }

    @Test
    void anAnswerOfAnUnknownRequestIsNoRequest() {
        HookEvent event = event("assistant_response", Map.of("response", "Done."));

        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getId()).startsWith("content:");
        assertThat(event.getResponse()).isEqualTo("Done.");
    }

    @Test
    void aFailedRequestHasItsStatus() {
        HookEvent event = event(
                "api_error",
                Map.of(
                        "request_id",
                        "req_1",
                        "status_code",
                        529,
                        "error",
                        "overloaded",
                        "duration_ms",
                        "32",
                        "model",
                        "claude-sonnet-4-5",
                        "attempt",
                        2));

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getId()).isEqualTo(FactId.request("req_1"));
        assertThat(event.getErrorType()).isEqualTo("529");
        assertThat(event.getErrorMessage()).isEqualTo("overloaded");
        assertThat(event.getDurationMs()).isEqualTo(32);
        assertThat(event.getTokens()).isNull();
        assertThat(event.getMetadata()).isEqualTo("{\"attempt\":2}");
    }

    @Test
    void twoFailuresWithoutIdAreTwo() {
        Map<String, Object> error = Map.of("error", "overloaded", "attempt", 1);
        HookEvent one = event("api_error", error);

        assertThat(event("api_error", error).getId()).isEqualTo(one.getId());
        assertThat(event("api_error", with(error, "attempt", 2)).getId()).isNotEqualTo(one.getId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "hook", "user_permanent", "user_temporary"})
    void thatACallMayRunIsDetailOfItsStart(String source) {
        HookEvent event = decision("accept", source);

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_START);
        assertThat(event.getType()).isEqualTo(EventType.ACTION);
        assertThat(event.getId()).isEqualTo(FactId.toolStart("t1"));
        assertThat(event.getPhase()).isEqualTo(Phase.PRE);
        assertThat(event.getOutcome()).isEqualTo(Outcome.PENDING);
        assertThat(event.getToolName()).isEqualTo("Bash");
        assertThat(event.getDenialType()).isNull();
        assertThat(event.getMetadata()).contains("accept", source);
    }

    @ParameterizedTest
    @CsvSource({
        "config,settings_blocked",
        "hook,hook_blocked",
        "user_reject,user_rejected",
        "user_abort,user_rejected",
        "something_new,user_rejected"
    })
    void thatItMayNotIsItsEnd(String source, String denial) {
        HookEvent event = decision("reject", source);

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("t1"));
        assertThat(event.getPhase()).isEqualTo(Phase.POST);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getDenialType()).isEqualTo(denial);
    }

    @Test
    void aResultIsACallsEnd() {
        HookEvent event = event(
                "tool_result",
                with(
                        CALL,
                        "success",
                        "true",
                        "duration_ms",
                        "22",
                        "tool_input",
                        "{\"b\":1,\"a\":2}",
                        "tool_input_size_bytes",
                        "13"));

        assertThat(event.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(event.getType()).isEqualTo(EventType.ACTION);
        assertThat(event.getId()).isEqualTo(FactId.toolEnd("t1"));
        assertThat(event.getPhase()).isEqualTo(Phase.POST);
        assertThat(event.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(event.getDurationMs()).isEqualTo(22);
        assertThat(event.getToolDetail()).isEqualTo("{\"a\":2,\"b\":1}");
        assertThat(event.getErrorMessage()).isNull();
    }

    @Test
    void anInputThatIsNoJsonIsKeptAsItIs() {
        assertThat(event("tool_result", with(CALL, "tool_input", "{\"a\":1…[truncated]"))
                        .getToolDetail())
                .isEqualTo("{\"a\":1…[truncated]");
    }

    @Test
    void aResultThatFailedIsAnError() {
        HookEvent event = event(
                "tool_result", with(CALL, "success", "false", "error_type", "ShellError", "error", "Exit code 2"));

        assertThat(event.getType()).isEqualTo(EventType.ERROR);
        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getErrorType()).isEqualTo("ShellError");
        assertThat(event.getErrorMessage()).isEqualTo("Exit code 2");
        assertThat(event.getDenialType()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"user_reject,user_rejected", "config,settings_blocked", "hook,hook_blocked"})
    void aResultThatWasDeniedIsADenial(String source, String denial) {
        HookEvent event = event("tool_result", with(CALL, "decision_type", "reject", "decision_source", source));

        assertThat(event.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(event.getDenialType()).isEqualTo(denial);
    }

    @Test
    void aCallWithoutIdIsAFactOfItsOwn() {
        assertThat(event("tool_result", Map.of("tool_name", "Bash")).getId()).startsWith("content:");
        assertThat(event("tool_decision", Map.of("tool_name", "Bash")).getId()).startsWith("content:");
    }

    @Test
    void aSubagentsFactsAreItsOwn() {
        HookEvent named = event("api_request", with(USAGE, "agent_id", "a1", "agent.name", "Explore"));
        HookEvent sourced =
                event("api_request", with(USAGE, "agent_id", "a1", "query_source", "agent:builtin:general-purpose"));
        HookEvent call = event("tool_result", with(CALL, "agent_id", "a1"));

        assertThat(List.of(named, sourced, call))
                .extracting(HookEvent::getSubagentId)
                .containsOnly("a1");
        assertThat(named.getSubagentType()).isEqualTo("Explore");
        assertThat(sourced.getSubagentType()).isEqualTo("general-purpose");
    }

    @ParameterizedTest
    @CsvSource({"sdk,a1", "repl_main_thread,a1", "agent:,a1", "agent:builtin:Explore,"})
    void aQueryOfNoSubagentNamesNone(String querySource, String subagent) {
        Map<String, Object> attributes = with(USAGE, "query_source", querySource);
        if (subagent != null) {
            attributes.put("agent_id", subagent);
        }

        assertThat(event("api_request", attributes).getSubagentType()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"subagent_completed", "compaction"})
    void whatSpansOtherFactsHasNoLatency(String name) {
        HookEvent event = event(name, Map.of("duration_ms", 954, "total_tokens", 4294, "agent_type", "Explore"));

        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getDurationMs()).isNull();
        assertThat(event.getTokens()).isNull();
        assertThat(event.getSubagentType()).isEqualTo("Explore");
        assertThat(event.getMetadata()).contains("954", "4294");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hook_registered", "plugin_loaded", "internal_error", "auth", "something_new"})
    void whatTellsOfTheClientIsIgnoredByItsName(String name) {
        assertThat(mapped(name, Map.of("tool_use_id", "t1")))
                .isEqualTo(new MappedBody(List.of(), List.of(), Map.of(name, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_prompt",
                "api_request",
                "api_error",
                "assistant_response",
                "tool_decision",
                "tool_result",
                "subagent_completed"
            })
    void whoTheUserIsStandsInOneField(String name) {
        HookEvent event = event(
                name,
                Map.of(
                        "user.email",
                        "who@example.com",
                        "user.account_id",
                        "acct-7",
                        "user.account_uuid",
                        "acct-8",
                        "user.id",
                        "hash-9",
                        "user.name",
                        "Who",
                        "organization.id",
                        "org-7",
                        "organization.name",
                        "Corp",
                        "terminal.type",
                        "xterm-7"));

        // Whether this is kept is a setting.
        assertThat(event.getUser()).isEqualTo("who@example.com");
        event.setUser(null);
        assertThat(event.toString())
                .doesNotContain("who@", "acct-7", "acct-8", "hash-9", "Who", "org-7", "Corp", "xterm-7");
    }

    @Test
    void whatWasCutIsTold() {
        HookEvent result = event("tool_result", with(CALL, "tool_input", "{\"a\":\"" + "x".repeat(5000) + "\"}"));
        HookEvent error = event("api_error", Map.of("error", "y".repeat(2001)));
        HookEvent prompt = event("user_prompt", Map.of("prompt", "z".repeat(2002)));

        assertThat(result.getToolDetail()).hasSize(2000).startsWith("{\"a\":\"xxx");
        assertThat(result.getMetadata()).isEqualTo("{\"_cut\":{\"tool_input\":5008}}");
        assertThat(error.getMetadata()).isEqualTo("{\"_cut\":{\"error\":2001}}");
        assertThat(prompt.getMetadata()).isEqualTo("{\"_cut\":{\"prompt\":2002}}");
    }

    @Test
    void aRecordedSessionTellsItsFacts() {
        List<HookEvent> events = new ArrayList<>();
        Map<String, Integer> ignored = new HashMap<>();
        Telemetry.recorded("logs").forEach(body -> {
            MappedBody mapped = read(LOGS, body);
            assertThat(mapped.refused()).isEmpty();
            events.addAll(mapped.events());
            mapped.ignored().forEach((name, count) -> ignored.merge(name, count, Integer::sum));
        });

        assertThat(ids(events, FactKind.PROMPT)).hasSize(7);
        assertThat(ids(events, FactKind.TOOL_START)).hasSize(6);
        assertThat(ids(events, FactKind.TOOL_END)).hasSize(6);
        assertThat(ids(events, FactKind.MODEL_REQUEST)).hasSize(12);
        assertThat(ids(events, FactKind.OTHER)).hasSize(1);
        assertThat(ignored)
                .isEqualTo(Map.of(
                        "hook_execution_start", 27,
                        "hook_execution_complete", 27,
                        "hook_registered", 15,
                        "plugin_loaded", 4,
                        "internal_error", 2,
                        "managed_settings_resolved", 1,
                        "retention_sweep", 1));
    }

    private static List<String> ids(List<HookEvent> events, FactKind kind) {
        return events.stream()
                .filter(event -> event.getKind() == kind)
                .map(HookEvent::getId)
                .distinct()
                .toList();
    }

    private static HookEvent decision(String decision, String source) {
        return event("tool_decision", with(CALL, "decision", decision, "source", source));
    }

    private static HookEvent event(String name, Map<String, Object> attributes) {
        MappedBody mapped = mapped(name, attributes);
        assertThat(mapped.refused()).isEmpty();
        assertThat(mapped.events()).hasSize(1);
        return mapped.events().get(0);
    }

    private static MappedBody mapped(String name, Map<String, Object> attributes) {
        Map<String, Object> all = with(attributes, "event.name", name, "session.id", "session-1", "prompt.id", "p1");
        return read(LOGS, logs(log(all)).replace("shop-agent", "claude-code"));
    }

    private static Map<String, Object> with(Map<String, Object> attributes, Object... more) {
        Map<String, Object> all = new HashMap<>(attributes);
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }
}
