/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole path, from bodies that real clients sent to the figures that the API answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandaloneTest {

    private static final String CODING_SESSION = "c93b0912-3f5a-4c74-8a9e-f6ee1b744c43";
    private static final String BOT_SESSION = "bot-run-mws2xhkz";
    private static final String HOOK_SESSION = "02ace589-459f-407d-bd7c-0fa1a6e6bf93";
    private static final double PERCENT = 1.0;

    private final Http http = new Http();
    private final Path data;
    private Standalone muster;

    StandaloneTest(@TempDir Path data) {
        this.data = data;
        this.muster = start();
    }

    @AfterAll
    void stop() {
        muster.close();
    }

    @Test
    void countsARecordedCodingSession() throws Exception {
        List<JsonNode> bodies = Recording.events("claude-code-standard.ndjson", CODING_SESSION, "in-order");
        assertThat(post("/v1/events", bodies)).containsOnly(202);
        assertIsTheCodingSession(session("in-order", 51));
    }

    @Test
    void countsItTheSameInAnyOrder() throws Exception {
        List<JsonNode> bodies =
                new ArrayList<>(Recording.events("claude-code-standard.ndjson", CODING_SESSION, "shuffled"));
        Collections.shuffle(bodies, new Random(20261122));
        post("/v1/events", bodies);
        assertIsTheCodingSession(session("shuffled", 51));
    }

    @Test
    void countsItOnceThoughEveryBodyIsSentTwice() throws Exception {
        List<JsonNode> bodies = Recording.events("claude-code-standard.ndjson", CODING_SESSION, "twice");
        post(
                "/v1/events",
                bodies.stream().flatMap(body -> List.of(body, body).stream()).toList());
        // One more event behind them in the same partition: when it is counted, all copies have been seen.
        post(
                "/v1/events",
                List.of(JsonNodeFactory.instance
                        .objectNode()
                        .put("agentId", "claude-code:demo-app")
                        .set("metadata", JsonNodeFactory.instance.objectNode().put("sessionId", "twice"))));
        ObjectNode session = (ObjectNode) session("twice", 52);
        assertIsTheCodingSession(session.put("events", 51));
    }

    @Test
    void countsARecordedBot() throws Exception {
        List<JsonNode> bodies = Recording.events("library-mode.ndjson", BOT_SESSION, "bot");
        assertThat(post("/v1/events", bodies))
                .hasSize(19)
                .filteredOn(status -> status == 202)
                .hasSize(18);
        JsonNode refused = bodies.stream()
                .filter(body -> body.path("type").asText().equals("log"))
                .findFirst()
                .orElseThrow();
        Http.Answer refusal = http.post(muster.collector().resolve("/v1/events"), refused);
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.body().at("/details/0/path").toString()).isEqualTo("[\"type\"]");

        JsonNode session = session("bot", 16);
        assertCounts(session, Map.of("traces", 3, "transactions", 2, "errors", 2, "toolCalls", 4, "orphans", 1));
        assertTokens(session, 1250, 500, 100, 850);
        assertThat(session.at("/cost/usd").doubleValue()).isCloseTo(0.0144, within(1e-9));
        assertLatency(session, 184, 3000);
        assertThat(session.at("/activityWindows").intValue()).isEqualTo(2);
    }

    @Test
    void countsRecordedHooks() throws Exception {
        assertThat(post("/v1/hooks/claude-code", Recording.hooks("hooks.ndjson")))
                .containsOnly(200);
        assertCounts(session(HOOK_SESSION, 30), Map.of("traces", 7, "toolCalls", 6, "errors", 3));
    }

    /** Escape while a tool runs: nothing that anybody has to look at. */
    @Test
    void anInterruptByTheUserIsNoError() throws Exception {
        assertThat(post("/v1/hooks/claude-code", Recording.caseOf("interrupted-hooks.ndjson")))
                .containsOnly(200);

        JsonNode session = session("case-32", 2);
        assertCounts(session, Map.of("errors", 0, "interrupts", 1, "denials", 0, "toolCalls", 1, "orphans", 0));
        assertThat(session.get("status").asText()).isEqualTo("active");
        assertThat(events("sessionId=case-32&outcome=failed")).isEmpty();
        assertThat(events("sessionId=case-32&outcome=interrupted"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("interrupted").booleanValue()).isTrue());
    }

    @Test
    void whatLastedCountsFromItsStart() throws Exception {
        JsonNode spans = Recording.caseOf("lasting-spans.json").get(0);
        Instant end = Recording.moveSpans(spans, Instant.now());
        assertThat(post("/v1/traces", List.of(spans))).containsOnly(200);

        JsonNode session = session("case-39", 2);
        assertThat(Instant.parse(session.get("startedAt").asText())).isEqualTo(end.minusMillis(302_000));
        assertCounts(session, Map.of("durationMs", 302_000, "activeMs", 302_000, "activityWindows", 1));
        JsonNode trace = http.get(api("/v1/me/sessions/case-39/traces"))
                .body()
                .path("traces")
                .path(0);
        assertCounts(trace, Map.of("durationMs", 302_000));
    }

    private JsonNode events(String filter) throws Exception {
        return http.get(api("/v1/me/events?" + filter)).body().path("events");
    }

    @Test
    void hasEverythingAgainAfterARestart() throws Exception {
        post("/v1/events", Recording.events("claude-code-standard.ndjson", CODING_SESSION, "kept"));
        JsonNode before = session("kept", 51);
        JsonNode tracesBefore = http.get(api("/v1/me/sessions/kept/traces")).body();
        JsonNode cluster = cluster();
        muster.close();
        muster = start();
        assertThat(session("kept", 51)).isEqualTo(before);
        assertThat(http.get(api("/v1/me/sessions/kept/traces")).body()).isEqualTo(tracesBefore);
        assertThat(cluster.asText()).isNotEmpty();
        assertThat(cluster()).isEqualTo(cluster);
    }

    @Test
    void saysThatTheWholePathIsReady() throws Exception {
        assertThat(http.get(api("/health/ready")).status()).isEqualTo(200);
        assertThat(http.get(muster.collector().resolve("/health/ready")).status())
                .isEqualTo(200);
    }

    /** By which an import sees that nothing of what it sent is lost. */
    private JsonNode cluster() throws Exception {
        return http.get(muster.collector().resolve("/health")).body().path("cluster");
    }

    private Standalone start() {
        Standalone started = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {});
        await().atMost(Duration.ofMinutes(1)).until(started::notReadyBecause, Optional::isEmpty);
        return started;
    }

    private URI api(String path) {
        return muster.api().resolve(path);
    }

    private List<Integer> post(String path, List<JsonNode> bodies) throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (JsonNode body : bodies) {
            answers.add(http.post(muster.collector().resolve(path), body).status());
        }
        return answers;
    }

    /** The session once it has so many events. */
    private JsonNode session(String id, int events) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> http.get(api("/v1/me/sessions/" + id)),
                        answer -> answer.status() == 200
                                && answer.body().path("events").intValue() == events)
                .body();
    }

    private static void assertIsTheCodingSession(JsonNode session) {
        assertCounts(
                session, Map.of("events", 51, "traces", 6, "errors", 3, "denials", 2, "toolCalls", 16, "orphans", 1));
        assertTokens(session, 4039, 1985, 4050, 132_100);
        assertThat(session.at("/cost/usd").doubleValue()).isCloseTo(0.0667095, within(1e-9));
        assertThat(session.at("/cost/unpricedTokens").intValue()).isEqualTo(5200);
        assertLatency(session, 263, 503);
    }

    private static void assertCounts(JsonNode session, Map<String, Integer> expected) {
        assertThat(expected)
                .allSatisfy((name, count) ->
                        assertThat(session.get(name).intValue()).as(name).isEqualTo(count));
    }

    private static void assertTokens(JsonNode session, int input, int output, int cacheWrite, int cacheRead) {
        JsonNode tokens = session.get("tokens");
        assertCounts(
                tokens, Map.of("input", input, "output", output, "cacheWrite5m", cacheWrite, "cacheRead", cacheRead));
        assertThat(tokens.get("total").intValue()).isEqualTo(input + output + cacheWrite + cacheRead);
    }

    private static void assertLatency(JsonNode session, int p50, int p95) {
        JsonNode latency = session.at("/latency/all");
        assertThat(latency.get("p50Ms").intValue()).isCloseTo(p50, Percentage.withPercentage(PERCENT));
        assertThat(latency.get("p95Ms").intValue()).isCloseTo(p95, Percentage.withPercentage(PERCENT));
    }
}
