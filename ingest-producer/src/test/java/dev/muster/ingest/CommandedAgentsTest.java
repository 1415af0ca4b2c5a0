/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What senders of paused and of deleted agents are answered. */
class CommandedAgentsTest {

    private static final String EVENTS = "/v1/events";
    private static final String BULK = "/v1/events/bulk";
    private static final String HOOKS = "/v1/hooks/claude-code";
    private static final String TRANSCRIPTS = "/v1/transcripts/claude-code";
    private static final String LOGS = "/v1/logs";
    private static final String HOOK = "{\"session_id\":\"s2\",\"hook_event_name\":\"Stop\",\"cwd\":\"/w/bot\"}";
    private static final String DELETED =
            "The agent " + AgentId.of("acme", "bot") + " was deleted; nothing of it is taken until it is restored";

    private final HttpClient client = HttpClient.newHttpClient();
    private final TestCollector collector = new TestCollector(Map.of());

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anEventOfAPausedAgentIsTakenAndItsSenderTold() throws Exception {
        String before = post(EVENTS, event("bot")).body();
        collector.controls.command("bot", AgentCommandKind.PAUSE);

        HttpResponse<String> paused = post(EVENTS, event("bot"));

        assertThat(paused.statusCode()).isEqualTo(202);
        assertThat(paused.body())
                .isEqualTo(
                        before.replace("}", ",\"paused\":true,\"stopReason\":\"" + FakeControls.STOP_REASON + "\"}"));
        collector.controls.command("bot", AgentCommandKind.RESUME);
        assertThat(post(EVENTS, event("bot")).body()).isEqualTo(before);
        assertThat(collector.events()).hasSize(3);
    }

    @Test
    void ofManyEachPausedAgentsLineIsTold() throws Exception {
        collector.controls.command("bot", AgentCommandKind.PAUSE);

        JsonNode results =
                body(post(BULK, event("other") + "\n" + event("bot"))).path("results");

        assertThat(results.at("/0").has("paused")).isFalse();
        assertThat(results.at("/1/paused").asBoolean()).isTrue();
        assertThat(results.at("/1/stopReason").asText()).isEqualTo(FakeControls.STOP_REASON);
        assertThat(collector.events()).hasSize(2);
    }

    @Test
    void aTranscriptOfAPausedAgentIsTakenAndItsSenderTold() throws Exception {
        collector.controls.command("claude-code:bot", AgentCommandKind.PAUSE);

        JsonNode answer = body(post(TRANSCRIPTS, line("s1", "bot") + "\n" + line("s2", "other")));

        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("paused").asBoolean()).isTrue();
        assertThat(answer.path("stopReason").asText()).isEqualTo(FakeControls.STOP_REASON);
    }

    @Test
    void telemetryOfAPausedAgentIsAnsweredAsAlways() throws Exception {
        collector.controls.command("bot", AgentCommandKind.PAUSE);

        HttpResponse<String> answer = post(LOGS, logs(record("bot", "s1")));

        assertThat(answer.body()).isEqualTo("{}");
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void anEventOfADeletedAgentIsGone() throws Exception {
        collector.controls.command("bot", AgentCommandKind.DELETE);
        String gone = "{\"details\":[{\"message\":\"" + DELETED + "\",\"path\":[]}],\"error\":\"agent_deleted\"}";

        HttpResponse<String> answer = post(EVENTS, event("bot"));

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).isEqualTo(gone);
        assertThat(post(EVENTS, event(AgentId.of("acme", "bot"))).statusCode()).isEqualTo(410);
        assertThat(post(EVENTS, event("other")).statusCode()).isEqualTo(202);
        assertThat(collector.events()).hasSize(1);
        assertThat(metrics())
                .contains("muster_collector_events_total{outcome=\"agent_deleted\",source=\"voight\"} 2.0")
                .contains("muster_collector_events_total{outcome=\"invalid\",source=\"voight\"} 0.0");
    }

    @Test
    void aHookOfADeletedAgentIsGone() throws Exception {
        collector.controls.command("claude-code:bot", AgentCommandKind.DELETE);

        HttpResponse<String> answer = post(HOOKS, HOOK);

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(body(answer).path("error").asText()).isEqualTo("agent_deleted");
        assertThat(collector.events()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = AgentCommandKind.class,
            names = {"PAUSE", "DELETE"})
    void afterTheOppositeCommandAllIsAsBefore(AgentCommandKind kind) throws Exception {
        String before = post(HOOKS, HOOK).body();
        collector.controls.command("claude-code:bot", kind);
        assertThat(post(HOOKS, HOOK).body()).isNotEqualTo(before);

        collector.controls.command(
                "claude-code:bot", kind == AgentCommandKind.PAUSE ? AgentCommandKind.RESUME : AgentCommandKind.RESTORE);

        HttpResponse<String> after = post(HOOKS, HOOK);
        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).isEqualTo(before);
    }

    @Test
    void ofManyOnlyTheDeletedAgentsAreRefused() throws Exception {
        collector.controls.command("bot", AgentCommandKind.DELETE);

        HttpResponse<String> answer = post(BULK, event("bot") + "\n{}\n" + event("other"));

        assertThat(answer.statusCode()).isEqualTo(207);
        JsonNode body = body(answer);
        assertThat(body.path("accepted").asInt()).isEqualTo(1);
        assertThat(body.path("refused").asInt()).isEqualTo(2);
        assertThat(body.path("results").findValuesAsText("status")).containsExactly("410", "400", "202");
        assertThat(body.at("/results/0/error").asText()).isEqualTo("agent_deleted");
        assertThat(body.at("/results/0/details/0/message").asText()).isEqualTo(DELETED);
        assertThat(body.at("/results/2/agentId").asText()).isEqualTo(AgentId.of("acme", "other"));
        assertThat(collector.events()).hasSize(1);
    }

    @Test
    void ofManyThatAreAllDeletedNoneIsTaken() throws Exception {
        collector.controls.command("bot", AgentCommandKind.DELETE);

        HttpResponse<String> answer = post(BULK, event("bot"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer).path("error").asText()).isEqualTo("agent_deleted");
    }

    @Test
    void ofATranscriptOnlyTheDeletedAgentsLinesAreRefused() throws Exception {
        collector.controls.command("claude-code:bot", AgentCommandKind.DELETE);

        JsonNode answer = body(post(
                TRANSCRIPTS, "nonsense\n" + line("s1", "bot") + "\n" + line("s2", "other") + "\n" + line("s3", "bot")));

        assertThat(answer.path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.path("refused").findValuesAsText("line")).containsExactly("0", "1", "3");
        assertThat(answer.at("/refused/1/error").asText()).isEqualTo("agent_deleted");
        assertThat(collector.events()).extracting(HookEvent::getSessionId).containsExactly("s2");
    }

    @Test
    void ofTelemetryOnlyTheDeletedAgentsRecordsAreRejected() throws Exception {
        collector.controls.command("bot", AgentCommandKind.DELETE);

        HttpResponse<String> answer = post(LOGS, logs(record("other", "s1") + "," + record("bot", "s2")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"partialSuccess\":{\"errorMessage\":\"Record 1: " + DELETED
                        + "\",\"rejectedLogRecords\":\"1\"}}");
        assertThat(collector.events()).extracting(HookEvent::getSessionId).containsExactly("s1");
    }

    @Test
    void theTelemetryOfADeletedAgentsSessionIsRejectedToo() throws Exception {
        collector.controls.command("claude-code:bot", AgentCommandKind.DELETE);
        post(HOOKS, HOOK);

        HttpResponse<String> answer =
                post(LOGS, logs(record("claude-code", "s2").replace("muster.agent", "x")));

        assertThat(answer.body()).contains("\"rejectedLogRecords\":\"1\"");
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void aCollectorThatHasNotReadTheCommandsIsReadyAndSaysSo() throws Exception {
        assertThat(get("/health/ready")).isEqualTo("{\"status\":\"ready\"}");

        collector.controls.read(false);

        assertThat(get("/health/ready"))
                .isEqualTo("{\"note\":\"What was commanded of agents has not been read from muster.agent-commands yet:"
                        + " until then paused and deleted ones are like others.\",\"status\":\"ready\"}");
    }

    private static String event(String agent) {
        return "{\"agentId\":\"" + agent + "\",\"timestamp\":1795363200000}";
    }

    private static String line(String session, String directory) {
        return "{\"type\":\"user\",\"sessionId\":\"" + session + "\",\"timestamp\":\"2026-11-22T16:00:00Z\","
                + "\"promptId\":\"p1\",\"cwd\":\"/home/dev/" + directory
                + "\",\"message\":{\"content\":\"Mend the build\"}}";
    }

    private static String logs(String resources) {
        return "{\"resourceLogs\":[" + resources + "]}";
    }

    /** A prompt that Claude Code's telemetry tells, of the agent that its resource names. */
    private static String record(String agent, String session) {
        return "{\"resource\":{\"attributes\":[" + attribute("service.name", "claude-code") + ","
                + attribute("muster.agent", agent) + "]},\"scopeLogs\":[{\"scope\":{\"name\":"
                + "\"com.anthropic.claude_code.events\"},\"logRecords\":[{\"timeUnixNano\":\"1795363200000000000\","
                + "\"body\":{\"stringValue\":\"claude_code.user_prompt\"},\"attributes\":["
                + attribute("event.name", "user_prompt") + "," + attribute("session.id", session) + ","
                + attribute("prompt.id", "p1") + "]}]}]}";
    }

    private static String attribute(String key, String value) {
        return "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}";
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(collector.uri(path))
                        .header("Authorization", "Bearer vk_test")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode body(HttpResponse<String> answer) {
        return SourceJson.value(answer.body()).orElseThrow();
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(collector.uri(path)).build(), BodyHandlers.ofString())
                .body();
    }

    private String metrics() throws IOException, InterruptedException {
        return get("/metrics");
    }
}
