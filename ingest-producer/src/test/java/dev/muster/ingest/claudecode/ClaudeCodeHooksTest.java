/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import static dev.muster.ingest.Fixtures.RECEIVED_AT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeHooksTest {

    @Test
    void saysWhatItCutAndHowLongThatWas() {
        String input = "{\"command\":\"" + "x".repeat(3000) + "\"}";

        HookEvent event = Fixtures.event(
                new ClaudeCodeHooks(),
                "{\"session_id\":\"s\",\"hook_event_name\":\"PostToolUse\",\"tool_input\":" + input
                        + ",\"tool_response\":\"" + "y".repeat(2001) + "\",\"prompt\":\"short\"}");

        assertThat(event.getMetadata())
                .isEqualTo("{\"_cut\":{\"tool_input\":" + input.length() + ",\"tool_response\":2001}}");
        assertThat(event.getToolDetail()).hasSize(2000).endsWith("…");
    }

    private static HookEvent told(String name, String fields) {
        return Fixtures.event(
                new ClaudeCodeHooks(), "{\"session_id\":\"s\",\"hook_event_name\":\"" + name + "\"," + fields + "}");
    }

    @Test
    void whatRunsBehindTheConversationIsTheLastList() {
        HookEvent event = told(
                "Stop",
                "\"background_tasks\":[{\"id\":\"b1\",\"type\":\"shell\",\"status\":\"running\",\"description\":\"npm run dev\"},"
                        + "{\"id\":\"b2\",\"type\":\"shell\",\"status\":\"completed\"}],"
                        + "\"session_crons\":[{\"id\":\"c1\",\"cron\":\"0 9 * * *\",\"prompt\":\"Look\"}]");

        assertThat(event.getBackground())
                .isEqualTo("{\"crons\":[{\"id\":\"c1\",\"prompt\":\"Look\",\"schedule\":\"0 9 * * *\"}],"
                        + "\"tasks\":[{\"description\":\"npm run dev\",\"id\":\"b1\",\"type\":\"shell\"}]}");
        assertThat(event.getMetadata()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Stop | \"background_tasks\":[],\"session_crons\":[] | {}",
                "SessionEnd | \"reason\":\"other\" | {}",
                "SessionStart | \"source\":\"resume\" | {}",
                "SessionStart | \"source\":\"startup\" | {}",
                "SessionStart | \"source\":\"compact\" |",
                "Stop | \"stop_hook_active\":false |",
                "Stop | \"background_tasks\":\"many\" |",
                "PostToolUse | \"tool_name\":\"Bash\" |"
            })
    void withNoListNothingIsSaidOfIt(String name, String fields, String background) {
        assertThat(told(name, fields).getBackground()).isEqualTo(background);
    }

    @Test
    void aLongListIsCutAtItsEndAndStaysJson() {
        String task = "{\"id\":\"b\",\"description\":\"" + "x".repeat(500) + "\"}";

        String background = told("Stop", "\"background_tasks\":[" + (task + ",").repeat(99) + task + "]")
                .getBackground();

        assertThat(background).hasSizeLessThanOrEqualTo(2000).endsWith("}]}");
        assertThat(SourceJson.value(background).orElseThrow().path("tasks")).hasSizeGreaterThan(5);
    }

    @Test
    void aCallsFingerprintsAreOfWhatWasSentAndNotOfWhatIsKept() {
        String beginning = "x".repeat(3000);
        Function<String, HookEvent> end = last -> Fixtures.event(
                source,
                "{\"session_id\":\"s\",\"hook_event_name\":\"PostToolUse\",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\""
                        + beginning + last + "\"},\"tool_response\":\"" + beginning + last + "\"}");

        HookEvent one = end.apply("1");
        HookEvent two = end.apply("2");

        assertThat(one.getToolDetail()).isEqualTo(two.getToolDetail());
        assertThat(one.getInputFingerprint()).isNotNull().isNotEqualTo(two.getInputFingerprint());
        assertThat(one.getOutcomeFingerprint()).isNotNull().isNotEqualTo(two.getOutcomeFingerprint());
    }

    private static final String PROMPT_ID = "b2a4606d-07ba-46b4-bfcb-16b914b41e8d";

    private final ClaudeCodeHooks source = new ClaudeCodeHooks();

    @Test
    void mapsARecordedSession() {
        List<HookEvent> events = session();

        assertThat(events).hasSize(30);
        assertThat(events.stream().map(HookEvent::getId)).doesNotHaveDuplicates();
        assertThat(kinds(events, FactKind.TOOL_START)).hasSize(6);
        assertThat(kinds(events, FactKind.TOOL_END)).hasSize(6);
        assertThat(kinds(events, FactKind.PROMPT)).hasSize(7);
        assertThat(kinds(events, FactKind.FAILED_TURN)).hasSize(2);
        assertThat(kinds(events, FactKind.OTHER)).hasSize(9);
        assertThat(events).filteredOn(e -> e.getOutcome() == Outcome.FAILED).hasSize(3);
        assertThat(events).allSatisfy(e -> {
            assertThat(e.getSource()).isEqualTo(Source.HOOK);
            assertThat(e.getClient()).isEqualTo("claude-code");
            assertThat(e.getEditor()).isFalse();
            assertThat(e.getTokens()).isNull();
            assertThat(e.getAgentLabel()).isEqualTo("claude-code:project");
            assertThat(e.getAgentLabelRank()).isEqualTo(LabelRank.DIRECTORY);
            assertThat(e.getTimestamp()).isEqualTo(RECEIVED_AT.toEpochMilli());
        });
    }

    @Test
    void idsAreTheNaturalKeys() {
        List<HookEvent> events = session();

        assertThat(kinds(events, FactKind.PROMPT).get(0).getId()).isEqualTo("prompt:" + PROMPT_ID);
        assertThat(kinds(events, FactKind.PROMPT).get(0).getTraceId()).isEqualTo(PROMPT_ID);
        assertThat(kinds(events, FactKind.TOOL_START).stream().map(HookEvent::getId))
                .startsWith("tool-start:toolu_a1", "tool-start:toolu_b1");
        assertThat(kinds(events, FactKind.TOOL_END).stream().map(HookEvent::getId))
                .startsWith("tool-end:toolu_b1", "tool-end:toolu_a1");
        assertThat(kinds(events, FactKind.FAILED_TURN).get(0).getId())
                .isEqualTo("failed-turn:4861c62b-04c9-4f59-8199-a8bbf35054f7");
        assertThat(kinds(events, FactKind.PROMPT))
                .filteredOn(e -> "".equals(e.getPrompt()))
                .as("a background task's notification")
                .singleElement()
                .satisfies(e -> assertThat(e.getResponse()).startsWith("<task-notification>"));
        assertThat(kinds(events, FactKind.OTHER)).allMatch(e -> e.getId().startsWith("content:"));
    }

    @Test
    void aToolCallTellsItsInputResultAndTime() {
        HookEvent end = kinds(session(), FactKind.TOOL_END).get(1);

        assertThat(end.getToolName()).isEqualTo("Bash");
        assertThat(end.getToolDetail()).isEqualTo("{\"command\":\"ls -la\",\"description\":\"list files\"}");
        assertThat(end.getResponse()).contains("\"stdout\":\"total 12");
        assertThat(end.getDurationMs()).isEqualTo(152);
        assertThat(end.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.getType()).isEqualTo(EventType.ACTION);
    }

    @Test
    void aFailedToolCallTellsItsError() {
        HookEvent failed = session().get(11);

        assertThat(failed.getHookEvent()).isEqualTo("PostToolUseFailure");
        assertThat(failed.getType()).isEqualTo(EventType.ERROR);
        assertThat(failed.getErrorMessage()).startsWith("Exit code 2\nls: cannot access");
        assertThat(failed.getMetadata()).contains("\"is_interrupt\":false");
    }

    @Test
    void aSubagentsEventsSayWhose() {
        List<HookEvent> events = session();

        assertThat(events)
                .filteredOn(e -> "ada06ac25d10c6cdc".equals(e.getSubagentId()))
                .hasSize(6)
                .allMatch(e -> e.getSubagentType().equals("general-purpose"));
        HookEvent launched = events.get(16);
        assertThat(launched.getSubagentId()).isNull();
        assertThat(launched.getMetadata()).contains("\"tool_response\":{\"agentId\":\"ada06ac25d10c6cdc\"");
    }

    @Test
    void theUsageOfASubagentsLastRequestIsKeptButNotCounted() {
        HookEvent event = Fixtures.event(
                source,
                hook(
                        "PostToolUse",
                        "\"tool_name\":\"Agent\",\"tool_use_id\":\"u\",\"tool_response\":{\"content\":\"long\","
                                + "\"usage\":{\"input_tokens\":5},\"totalTokens\":9}"));

        assertThat(event.getTokens()).isNull();
        assertThat(event.getMetadata())
                .isEqualTo("{\"tool_response\":{\"totalTokens\":9,\"usage\":{\"input_tokens\":5}}}");
    }

    @Test
    void aFailedTurnIsAnError() {
        HookEvent turn = kinds(session(), FactKind.FAILED_TURN).get(0);

        assertThat(turn.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(turn.getErrorType()).isEqualTo("unknown");
        assertThat(turn.getErrorMessage()).isEqualTo("API Error: 400 scripted failure");
        assertThat(turn.getResponse()).isEqualTo("API Error: 400 scripted failure");
    }

    @Test
    void whatTheUserBrokeOffIsToldApartFromWhatFailed() {
        String call = "\"tool_name\":\"Bash\",\"tool_use_id\":\"u\",";

        assertThat(Fixtures.event(source, hook("PostToolUseFailure", call + "\"is_interrupt\":true")))
                .returns(true, HookEvent::getInterrupted)
                .returns(Outcome.FAILED, HookEvent::getOutcome);
        assertThat(Fixtures.event(source, hook("PostToolUseFailure", call + "\"is_interrupt\":false")))
                .returns(false, HookEvent::getInterrupted);
        assertThat(Fixtures.event(source, hook("PostToolUse", call + "\"tool_response\":{\"interrupted\":true}")))
                .returns(true, HookEvent::getInterrupted)
                .returns(Outcome.SUCCESS, HookEvent::getOutcome);
        assertThat(session()).noneMatch(HookEvent::getInterrupted);
    }

    @Test
    void aDeniedCallIsAFailedEndWithItsReason() {
        HookEvent denied = Fixtures.event(
                source,
                hook("PermissionDenied", "\"tool_name\":\"Bash\",\"tool_use_id\":\"u\",\"reason\":\"not that\""));

        assertThat(denied.getId()).isEqualTo("tool-end:u");
        assertThat(denied.getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(denied.getDenialType()).isEqualTo("settings_blocked");
        assertThat(denied.getDenialReason()).isEqualTo("not that");
    }

    @Test
    void aSessionStartTellsModelAndTitle() {
        HookEvent start = Fixtures.event(
                source, hook("SessionStart", "\"model\":\"claude-opus-4-7\",\"session_title\":\"Fix auth\""));

        assertThat(start.getModel()).isEqualTo("claude-opus-4-7");
        assertThat(start.getTitle()).isEqualTo("Fix auth");
        assertThat(start.getKind()).isEqualTo(FactKind.OTHER);
    }

    @Test
    void anUnknownHookEventIsKept() {
        HookEvent event = Fixtures.event(source, hook("SomethingNew", "\"depth\":3,\"cwd\":{},\"duration_ms\":-4"));

        assertThat(event.getHookEvent()).isEqualTo("SomethingNew");
        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getDurationMs()).isNull();
        assertThat(event.getMetadata()).isEqualTo("{\"cwd\":{},\"depth\":3,\"duration_ms\":-4}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mend the build | true",
                "/review | true",
                "<task-notification>b7f2</task-notification> | false",
                "<teammate-message teammate_id=7>x</teammate-message> | false",
                "[Request interrupted by user] | false"
            })
    void aPromptIsTheUsersWhoeverItIsSubmittedBy(String prompt, boolean isUsers) {
        HookEvent event =
                Fixtures.event(source, hook("UserPromptSubmit", "\"prompt_id\":\"p1\",\"prompt\":\"" + prompt + "\""));

        assertThat(event.getKind()).as("it begins a trace").isEqualTo(FactKind.PROMPT);
        assertThat(event.getId()).isEqualTo(FactId.prompt("p1"));
        assertThat(event.getPrompt()).isEqualTo(isUsers ? prompt : "");
        assertThat(event.getResponse()).isEqualTo(isUsers ? null : prompt);
    }

    @ParameterizedTest
    @CsvSource({"prompt_id, UserPromptSubmit", "tool_use_id, PreToolUse", "prompt_id, StopFailure"})
    void aFactGoesByItsNaturalKey(String key, String hookEvent) {
        assertThat(Fixtures.event(source, hook(hookEvent, "\"%s\":\"k\"".formatted(key)))
                        .getId())
                .endsWith(":k");
    }

    @ParameterizedTest
    @CsvSource({"prompt_id, PreToolUse", "prompt_id, Stop", "tool_use_id, PermissionRequest"})
    void withoutItsOwnKeyItGoesByItsContent(String key, String hookEvent) {
        String told = hook(hookEvent, "\"%s\":\"k\"".formatted(key));

        assertThat(Fixtures.event(source, told).getId())
                .startsWith("content:")
                .isEqualTo(Fixtures.event(source, told).getId());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "StopFailure", "Notification"})
    void withoutAnyIdItIsAFactEachTimeItIsSent(String hookEvent) {
        String bare = hook(hookEvent, "\"note\":1");

        assertThat(Fixtures.event(source, bare).getId())
                .startsWith("own:")
                .isNotEqualTo(Fixtures.event(source, bare).getId());
    }

    @Test
    void aSessionsStartSaysWhichItIs() {
        String start = hook("SessionStart", "\"source\":\"startup\"");

        assertThat(Fixtures.event(source, start).getId())
                .isEqualTo(Fixtures.event(source, start).getId());
    }

    @Test
    void refusesAPayloadWithoutSession() {
        assertThat(Fixtures.issues(source, "{\"session_id\":\" \"}"))
                .containsExactly(Issue.at("Required", "session_id"), Issue.at("Required", "hook_event_name"));
        assertThat(Fixtures.issues(
                        source, "{\"hook_event_name\":\"Stop\",\"session_id\":\"%s\"}".formatted("s".repeat(201))))
                .extracting(Issue::path)
                .containsExactly(List.of("session_id"));
    }

    @Test
    void theHeaderNamesTheAgentAndTheSessionIsTheLastResort() throws InvalidBodyException {
        byte[] body = hook("Stop", "\"cwd\":\"/\"").getBytes(UTF_8);

        HookEvent named = source.read(
                        new Incoming("acme", Optional.of("deployer"), RECEIVED_AT, "application/json", body))
                .events()
                .get(0);
        HookEvent unnamed = source.read(new Incoming("acme", Optional.empty(), RECEIVED_AT, "application/json", body))
                .events()
                .get(0);

        assertThat(named.getAgentLabel()).isEqualTo("deployer");
        assertThat(named.getAgentLabelRank()).isEqualTo(LabelRank.EXPLICIT);
        assertThat(unnamed.getAgentLabel()).isEqualTo("claude-code:sess-123");
        assertThat(unnamed.getAgentLabelRank()).isEqualTo(LabelRank.SESSION);
    }

    private List<HookEvent> session() {
        return Fixtures.hooks().stream()
                .map(body -> Fixtures.event(source, body))
                .toList();
    }

    private static String hook(String name, String more) {
        return "{\"session_id\":\"sess-12345\",\"hook_event_name\":\"%s\",%s}".formatted(name, more);
    }

    private static List<HookEvent> kinds(List<HookEvent> events, FactKind kind) {
        return events.stream().filter(event -> event.getKind() == kind).toList();
    }
}
