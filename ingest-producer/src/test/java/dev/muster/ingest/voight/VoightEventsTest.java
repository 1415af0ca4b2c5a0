/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import static dev.muster.ingest.Fixtures.ACCOUNT;
import static dev.muster.ingest.Fixtures.RECEIVED_AT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoightEventsTest {

    private static final String LOG_LINE = "\"type\": \"log\"";

    private final VoightEvents source = new VoightEvents();

    @Test
    void mapsARecordedEditorSession() {
        List<HookEvent> events = editorSession();

        assertThat(events).hasSize(51);
        assertThat(events.stream().map(HookEvent::getId)).doesNotHaveDuplicates();
        assertThat(kinds(events, FactKind.PROMPT)).hasSize(6);
        assertThat(kinds(events, FactKind.TOOL_START)).hasSize(17).allMatch(e -> e.getOutcome() == Outcome.PENDING);
        assertThat(kinds(events, FactKind.TOOL_END)).hasSize(16);
        assertThat(kinds(events, FactKind.OTHER)).hasSize(12);
        assertThat(events).filteredOn(e -> e.getOutcome() == Outcome.FAILED).hasSize(3);
        assertThat(events).filteredOn(e -> e.getDenialType() != null).hasSize(2);
        assertThat(events.stream().map(HookEvent::getTraceId).filter(Objects::nonNull))
                .hasSizeGreaterThan(40)
                .satisfies(ids -> assertThat(ids.stream().distinct()).hasSize(6));
        assertThat(events).allSatisfy(e -> {
            assertThat(e.getEditor()).isTrue();
            assertThat(e.getClient()).isEqualTo("claude-code");
            assertThat(e.getSource()).isEqualTo(Source.SDK);
            assertThat(e.getAgentLabel()).isEqualTo("claude-code:demo-app");
            assertThat(e.getSessionId()).isEqualTo("c93b0912-3f5a-4c74-8a9e-f6ee1b744c43");
        });
    }

    @Test
    void readsTheSplitOfAnEditorsUsageBeforeItsSums() {
        HookEvent read = kinds(editorSession(), FactKind.TOOL_END).get(0);

        assertThat(read.getToolName()).isEqualTo("Read");
        assertThat(read.getPhase()).isEqualTo(Phase.POST);
        assertThat(read.getModel()).isEqualTo("claude-sonnet-4-5-20250929");
        assertThat(read.getTokens()).isEqualTo(new Tokens(6L, 140L, 13000L, 2100L, 0L));
        assertThat(read.getDurationMs()).isEqualTo(232);
        assertThat(read.getResponse()).startsWith("{\"type\":\"text\"");
        assertThat(read.getGit().getBranch()).isEqualTo("main");
        assertThat(read.getGit().getDirty()).isFalse();
        assertThat(read.getMetadata()).isEqualTo("{\"privacyLevel\":\"standard\",\"source\":\"claude-code\"}");
    }

    @Test
    void aStartAndItsEndTellTheSameDetail() {
        List<HookEvent> events = editorSession();

        assertThat(kinds(events, FactKind.TOOL_END))
                .allSatisfy(end -> assertThat(kinds(events, FactKind.TOOL_START))
                        .anyMatch(start -> start.getToolName().equals(end.getToolName())
                                && start.getToolDetail().equals(end.getToolDetail())));
    }

    @Test
    void mapsARecordedLibrarySession() {
        List<HookEvent> events = Fixtures.lines("voight-sdk/library-mode.ndjson").stream()
                .filter(line -> !line.contains(LOG_LINE))
                .map(line -> Fixtures.event(source, line))
                .toList();

        assertThat(events).hasSize(18).noneMatch(HookEvent::getEditor);
        assertThat(events).filteredOn(e -> e.getSessionId() == null).hasSize(2);
        assertThat(kinds(events, FactKind.PROMPT)).isEmpty();
        assertThat(kinds(events, FactKind.TOOL_END)).hasSize(4);
        assertThat(kinds(events, FactKind.TOOL_START)).hasSize(1);
        assertThat(kinds(events, FactKind.MODEL_REQUEST))
                .extracting(HookEvent::getTokens)
                .containsExactly(new Tokens(1200L, 300L, 0L, 0L, 0L));
        assertThat(events).filteredOn(e -> e.getType() == EventType.TX).hasSize(2);
        HookEvent swap = events.get(2);
        assertThat(swap.getTransaction()).isEqualTo("4zKabc9Fp");
        assertThat(swap.getAmount().getToken()).isEqualTo("SOL");
        assertThat(swap.getAmount().getValue()).isEqualTo(1.5);
        assertThat(events)
                .filteredOn(e -> "t".equals(e.getToolName()))
                .extracting(HookEvent::getDurationMs)
                .containsExactly(13L);
        assertThat(events.get(17).getTimestamp())
                .isEqualTo(Instant.parse("2026-11-22T16:56:59.703Z").toEpochMilli());
    }

    @Test
    void refusesATypeThatIsNone() {
        String log = Fixtures.lines("voight-sdk/library-mode.ndjson").stream()
                .filter(line -> line.contains(LOG_LINE))
                .collect(Collectors.joining());

        assertThat(Fixtures.issues(source, log)).extracting(Issue::path).containsExactly(List.of("type"));
    }

    @Test
    void takesTheLeastMillisecondsThatAreNoSeconds() {
        assertThat(Fixtures.event(source, "{\"agentId\":\"a\",\"timestamp\":100000000000}")
                        .getTimestamp())
                .isEqualTo(Rule.MIN_MILLIS);
    }

    @Test
    void takesTheLeastBody() {
        HookEvent event = Fixtures.event(source, "{\"agentId\": \" bot \"}");

        assertThat(event.getAccount()).isEqualTo(ACCOUNT);
        assertThat(event.getAgentLabel()).isEqualTo("bot");
        assertThat(event.getAgentLabelRank()).isEqualTo(LabelRank.EXPLICIT);
        assertThat(event.getAgentId()).isEqualTo(AgentId.of(ACCOUNT, "bot"));
        assertThat(event.getTimestamp()).isEqualTo(RECEIVED_AT.toEpochMilli());
        assertThat(event.getReceivedAt()).isEqualTo(RECEIVED_AT.toEpochMilli());
        assertThat(event.getType()).isEqualTo(EventType.DECISION);
        assertThat(event.getOutcome()).isNull();
        assertThat(event.getKind()).isEqualTo(FactKind.OTHER);
        assertThat(event.getSessionId()).isNull();
        assertThat(event.getMetadata()).isNull();
    }

    @Test
    void nullStandsForAbsent() {
        HookEvent event = Fixtures.event(source, """
                {"agentId":"bot","timestamp":null,"type":null,"input":null,"reasoning":null,"toolsConsidered":null,
                 "toolExecuted":null,"transaction":null,"amount":null,"outcome":null,"durationMs":null,
                 "errorMessage":null,"model":null,"tokens":null,"traceId":null,"metadata":null}""");

        assertThat(event.getTimestamp()).isEqualTo(RECEIVED_AT.toEpochMilli());
        assertThat(event.getType()).isEqualTo(EventType.DECISION);
        assertThat(Stream.of(event.getAmount(), event.getTokens(), event.getDurationMs(), event.getTraceId()))
                .containsOnlyNulls();
    }

    @Test
    void aWrappersEventIsAModelRequestWhateverToolTheModelAskedFor() {
        HookEvent event = Fixtures.event(source, """
                {"agentId":"app","type":"reasoning","model":"gpt-4o","outcome":"success","toolExecuted":"search",
                 "input":{"messages":[{"role":"user","content":"hi"}]},
                 "metadata":{"source":"openai-sdk","sessionId":"s","tokens":{"input":100,"output":7,"cache_read":60}}}""");

        assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
        assertThat(event.getToolName()).isNull();
        assertThat(event.getTokens()).isEqualTo(new Tokens(40L, 7L, 60L, 0L, 0L));
        assertThat(event.getMetadata())
                .contains("\"toolExecuted\":\"search\"", "\"input\":{\"messages\":[{\"content\":\"hi\"");
    }

    @Test
    void cursorsToolCallsGoByTheirIds() {
        String call = "{\"agentId\":\"a\",\"timestamp\":1795363200001,\"toolExecuted\":\"Shell\",\"outcome\":\"%s\","
                + "\"metadata\":{\"tool\":\"cursor\",\"sessionId\":\"s\",\"kind\":\"%s\",\"toolUseId\":\"u1\"}}";

        assertThat(Fixtures.event(source, call.formatted("pending", "pre_tool_use"))
                        .getId())
                .isEqualTo("tool-start:u1");
        assertThat(Fixtures.event(source, call.formatted("failed", "post_tool_use"))
                        .getId())
                .isEqualTo(Fixtures.event(source, call.formatted("failed", "post_tool_use_failure"))
                        .getId())
                .isEqualTo("tool-end:u1");
    }

    @ParameterizedTest
    @CsvSource({
        "failed, status, aborted, true",
        "failed, status, error, false",
        "success, status, aborted, false",
        "failed, is_interrupt, true, true",
        "failed, isInterrupt, true, true"
    })
    void aStopThatTheUserBroughtAboutIsNoError(String outcome, String field, String value, boolean interrupted) {
        String body = "{\"agentId\":\"a\",\"timestamp\":1795363200001,\"outcome\":\"%s\","
                + "\"metadata\":{\"tool\":\"cursor\",\"sessionId\":\"s\",\"kind\":\"stop\",\"%s\":\"%s\"}}";

        assertThat(Fixtures.event(source, body.formatted(outcome, field, value)).getInterrupted())
                .isEqualTo(interrupted);
    }

    @ParameterizedTest
    @CsvSource({
        "codex, hookEvent, UserPromptSubmit",
        "cursor, hookEvent, beforeSubmitPrompt",
        "cursor, kind, user_prompt"
    })
    void anEditorsPromptIsAPrompt(String tool, String field, String name) {
        String body =
                "{\"agentId\":\"a\",\"input\":{\"prompt\":\"do it\"},\"metadata\":{\"tool\":\"%s\",\"%s\":\"%s\"}}"
                        .formatted(tool, field, name);

        HookEvent event = Fixtures.event(source, body);

        assertThat(event.getKind()).isEqualTo(FactKind.PROMPT);
        assertThat(event.getPrompt()).isEqualTo("do it");
    }

    @Test
    void aLibraryEventIsNeverAPrompt() {
        String body =
                "{\"agentId\":\"a\",\"input\":{\"prompt\":\"do it\"},\"metadata\":{\"hookEvent\":\"UserPromptSubmit\"}}";

        assertThat(Fixtures.event(source, body).getKind()).isEqualTo(FactKind.OTHER);
    }

    @Test
    void aSyntheticModelIsNoneAndUsedNothing() {
        HookEvent event = Fixtures.event(
                source, "{\"agentId\":\"a\",\"model\":\"<synthetic>\",\"tokens\":{\"input\":5,\"output\":1}}");

        assertThat(event.getModel()).isNull();
        assertThat(event.getTokens()).isNull();
    }

    @Test
    void theSameBytesAreTheSameFactIfTheyTellTheirTime() {
        String timed = "{\"agentId\":\"a\",\"timestamp\":1795363200005}";
        String keyed = "{\"agentId\":\"a\",\"reasoning\":\"%s\",\"metadata\":{\"dedupKey\":\"k\"}}";
        String neither = "{\"agentId\":\"a\"}";

        assertThat(id(timed)).isEqualTo(id(timed)).isNotEqualTo(id("{\"agentId\":\"a\",\"timestamp\":1795363200006}"));
        assertThat(id(keyed.formatted("x"))).isEqualTo(id(keyed.formatted("y"))).isEqualTo("key:k");
        assertThat(id(neither)).isNotEqualTo(id(neither)).startsWith("own:");
    }

    @Test
    void anAgentIdIsShownByTheDirectoryThatItComesFrom() {
        String id = AgentId.of(ACCOUNT, "claude-code:demo");
        String body = "{\"agentId\":\"%s\",\"metadata\":{\"tool\":\"claude-code\",\"cwd\":\"%s\"}}";

        HookEvent known = Fixtures.event(source, body.formatted(id, "/home/dev/demo"));
        HookEvent unknown = Fixtures.event(source, body.formatted(id, "/home/dev/other"));

        assertThat(known.getAgentLabel()).isEqualTo("claude-code:demo");
        assertThat(unknown.getAgentLabel()).isEqualTo(id);
        assertThat(List.of(known.getAgentId(), unknown.getAgentId())).containsOnly(id);
    }

    @Test
    void longTextsAreCutAndTheEventIsKept() {
        String body = "{\"agentId\":\"a\",\"reasoning\":\"%1$s\",\"errorMessage\":\"%1$s\",\"toolExecuted\":\"%1$s\","
                + "\"metadata\":{\"traceId\":\"%1$s\",\"note\":\"%1$s\",\"small\":1}}";

        HookEvent event = Fixtures.event(source, body.formatted("x".repeat(20_000)));

        assertThat(event.getReasoning()).hasSize(Text.PREVIEW).endsWith("…");
        assertThat(event.getErrorMessage()).hasSize(Text.PREVIEW);
        assertThat(event.getToolName()).hasSize(Text.NAME);
        assertThat(event.getTraceId()).hasSize(Text.NAME);
        assertThat(event.getMetadata())
                .isEqualTo(
                        "{\"_cut\":{\"errorMessage\":20000,\"reasoning\":20000,\"toolExecuted\":20000},\"_omitted\":1,\"small\":1}");
    }

    private List<HookEvent> editorSession() {
        return Fixtures.lines("voight-sdk/claude-code-standard.ndjson").stream()
                .map(line -> Fixtures.event(source, line))
                .toList();
    }

    private String id(String body) {
        return Fixtures.event(source, body).getId();
    }

    private static List<HookEvent> kinds(List<HookEvent> events, FactKind kind) {
        return events.stream().filter(event -> event.getKind() == kind).toList();
    }
}
