/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.fuzz.Transports;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What senders of transcripts are answered, and what of them reaches Kafka. */
class TranscriptsOverHttpTest {

    private static final String PATH = "/v1/transcripts/claude-code";
    private static final String PROMPT =
            "{\"type\":\"user\",\"sessionId\":\"s1\",\"timestamp\":\"2026-11-22T16:00:00Z\",\"promptId\":\"p1\","
                    + "\"cwd\":\"/home/dev/project\",\"message\":{\"content\":\"Mend the build\"}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private TestCollector collector =
            new TestCollector(Map.of("MUSTER_INGEST_MAX_BODY_BYTES", "1024", "MUSTER_INGEST_MAX_BATCH_BYTES", "65536"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void linesAreTakenCountedAndRefused() throws Exception {
        HttpResponse<String> answer = post(PROMPT + "\n\nnonsense\n{\"type\":\"summary\"}\n" + PROMPT.replace("s1", "")
                + "\n" + PROMPT.replace("p1", "p2") + "\n");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo("{\"accepted\":2,\"ignored\":1,\"refused\":["
                        + "{\"details\":[{\"message\":\"The body is not valid JSON at line 1, column 1\",\"path\":[]}],"
                        + "\"error\":\"validation_failed\",\"line\":2},"
                        + "{\"details\":[{\"message\":\"Required\",\"path\":[\"sessionId\"]}],"
                        + "\"error\":\"validation_failed\",\"line\":4}],\"tooOld\":0}");
        assertThat(collector.events()).extracting(HookEvent::getId).containsExactly("prompt:p1", "prompt:p2");
        assertThat(metrics())
                .contains("muster_collector_events_total{outcome=\"accepted\",source=\"transcript\"} 2.0")
                .contains("muster_collector_ignored_total{name=\"summary\",source=\"transcript\"} 1.0");
    }

    @Test
    void aTranscriptWithoutFactsIsTaken() throws Exception {
        HttpResponse<String> answer = post("");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).isEqualTo("{\"accepted\":0,\"ignored\":0,\"refused\":[],\"tooOld\":0}");
    }

    @Test
    void whatIsOlderThanIsKeptIsTold() throws Exception {
        String old = PROMPT.replace("p1", "p0").replaceFirst("\"timestamp\":\"2026", "\"timestamp\":\"2025");

        assertThat(post(old + "\n" + PROMPT).body())
                .isEqualTo("{\"accepted\":2,\"ignored\":0,\"refused\":[],\"tooOld\":1}");
    }

    @Test
    void aRecordingMayComeCompressed() throws Exception {
        byte[] recording = String.join("\n", Fixtures.lines("claude-code/transcript.jsonl"))
                .getBytes(UTF_8);

        HttpResponse<String> answer = send(request("vk_test")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(Transports.gzip(recording))));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"ignored\":0,\"refused\":[]");
        assertThat(collector.events())
                .filteredOn(event -> event.getKind() == FactKind.PROMPT)
                .hasSize(7);
    }

    @Test
    void aBodyHasItsBound() throws Exception {
        HttpResponse<String> answer = post((PROMPT + "\n").repeat(65536 / PROMPT.length()));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"too_large\",\"message\":\"The body must have at most 65536 bytes\"}");
        assertThat(collector.events()).isEmpty();
    }

    @Test
    void whoSendsIsAskedFirst() throws Exception {
        HttpResponse<String> answer = send(request("vk_other").POST(BodyPublishers.ofString("nonsense")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"unauthorized\",\"reason\":\"invalid_key\"}");
    }

    @Test
    void aBoundKeySpeaksForItsAgentAndNoOther() throws Exception {
        Sender bound = new Sender("acme", "key_1", Optional.of("deployer"), Optional.empty());
        restart(new TestCollector(Map.of(), key -> new Access.Granted(bound)));

        HttpResponse<String> other =
                send(request("vk_bound").header("X-Muster-Agent", "other").POST(BodyPublishers.ofString(PROMPT)));
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body())
                .isEqualTo("{\"error\":\"forbidden\",\"message\":\"The key is bound to the agent deployer\"}");
        assertThat(collector.events()).isEmpty();

        assertThat(send(request("vk_bound").POST(BodyPublishers.ofString(PROMPT)))
                        .statusCode())
                .isEqualTo(202);
        assertThat(collector.events()).extracting(HookEvent::getAgentLabel).containsExactly("deployer");
    }

    @ParameterizedTest
    @CsvSource({"minimal,false", "full,true"})
    void textsOfTranscriptAndTelemetryAreKeptAsTheLevelSays(String level, boolean kept) throws Exception {
        restart(new TestCollector(Map.of("MUSTER_PRIVACY", level)));

        post(String.join("\n", Fixtures.lines("claude-code/transcript.jsonl")));
        for (String body : Fixtures.lines("claude-code/otlp-logs.ndjson")) {
            send(HttpRequest.newBuilder(collector.uri("/v1/logs"))
                    .header("Authorization", "Bearer vk_test")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(otlp(body))));
        }

        List<HookEvent> events = collector.events();
        assertThat(events).extracting(HookEvent::getSource).hasSizeGreaterThan(50);
        for (String text : List.of(
                "TOOLS list the files", // a prompt
                "Answer number 2", // an answer
                "ls -la", // a tool's input
                "nonexistent-dir-xyz", // a tool's output
                "scripted failure", // an error
                "/home/dev/project")) {
            assertThat(events.stream().anyMatch(event -> event.toString().contains(text)))
                    .as(text)
                    .isEqualTo(kept);
        }
        assertThat(events).anySatisfy(event -> assertThat(event.getTokens()).isNotNull());
    }

    private static String otlp(String recorded) throws IOException {
        return new ObjectMapper().readTree(recorded).path("body").toString();
    }

    private void restart(TestCollector other) {
        collector.close();
        collector = other;
    }

    private String metrics() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(collector.uri("/metrics")).build(), BodyHandlers.ofString())
                .body();
    }

    private HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request("vk_test").POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String key) {
        return HttpRequest.newBuilder(collector.uri(PATH)).header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
