/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.settings.InvalidSettingException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorTest {

    private static final int MAX_BODY = 4096;
    private static final String EVENT =
            "{\"agentId\":\"bot\",\"timestamp\":1795363200000,\"metadata\":{\"sessionId\":\"s1\"}}";
    private static final String HOOK = "{\"session_id\":\"s2\",\"hook_event_name\":\"Stop\",\"cwd\":\"/w/demo\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final MockProducer<byte[], byte[]> kafka = producer();
    private final AtomicReference<Optional<String>> notReadyBecause = new AtomicReference<>(Optional.empty());
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private Collector collector;

    @BeforeEach
    void start() {
        collector = start(0, kafka);
        await().until(collector::connected);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anEventIsAnsweredOnlyWhenKafkaHasIt() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(post("/v1/events", EVENT), BodyHandlers.ofString());
        await().until(() -> kafka.history().size() == 1);
        assertThat(answer).isNotDone();

        kafka.completeNext();

        HttpResponse<String> response = answer.get();
        ObjectNode body = SourceJson.object(response.body().getBytes(UTF_8));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(body.path("accepted").asBoolean()).isTrue();
        assertThat(body.path("agentId").asText()).isEqualTo(AgentId.of("acme", "bot"));
        assertThat(body.path("id").asText())
                .matches("evt_[0-9a-f]{24}")
                .isEqualTo(body.path("eventId").asText());
        assertThat(body).hasSize(4);
        ProducerRecord<byte[], byte[]> sent = kafka.history().get(0);
        assertThat(sent.topic()).isEqualTo(Topics.HOOK_EVENTS);
        assertThat(new String(sent.key(), UTF_8)).isEqualTo("acme/s1");
        assertThat(read(sent).getAccount()).isEqualTo("acme");
        assertThat(read(sent).getReceivedAt()).isEqualTo(Fixtures.RECEIVED_AT.toEpochMilli());
    }

    @Test
    void theSameBytesHaveTheSameEventId() throws Exception {
        assertThat(acknowledged(post("/v1/events", EVENT)).body())
                .isEqualTo(acknowledged(post("/v1/events", EVENT)).body());
    }

    @Test
    void aHookIsAnsweredWithNothing() throws Exception {
        HttpResponse<String> response = acknowledged(post("/v1/hooks/claude-code", HOOK));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(read(kafka.history().get(0)).getAgentLabel()).isEqualTo("claude-code:demo");
    }

    @Test
    void aCommandHookMayPipeItWithCurlsOwnContentType() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/hooks/claude-code"))
                .header("Authorization", "Bearer vk_test")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(HOOK))
                .build();

        assertThat(acknowledged(request).statusCode()).isEqualTo(200);
    }

    @Test
    void aHooksAgentIsNamedByItsHeader() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri("/v1/hooks/claude-code"))
                .header("Authorization", "Bearer vk_test")
                .header("X-Muster-Agent", "deployer")
                .POST(BodyPublishers.ofString(HOOK))
                .build();

        acknowledged(request);

        assertThat(read(kafka.history().get(0)).getAgentLabel()).isEqualTo("deployer");
    }

    @Test
    void anEventWithoutSessionTravelsByItsAgent() throws Exception {
        acknowledged(post("/v1/events", "{\"agentId\":\"bot\"}"));

        assertThat(new String(kafka.history().get(0).key(), UTF_8)).isEqualTo("acme//" + AgentId.of("acme", "bot"));
    }

    @Test
    void anEventThatKafkaDoesNotTakeMayBeSentAgain() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(post("/v1/events", EVENT), BodyHandlers.ofString());
        await().until(() -> kafka.errorNext(new TimeoutException("no broker answers")));

        HttpResponse<String> response = answer.get();

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body())
                .isEqualTo(
                        "{\"error\":\"unavailable\",\"message\":\"The event could not be made durable; send it again\"}");
        assertThat(acknowledged(post("/v1/events", EVENT)).statusCode()).isEqualTo(202);
    }

    @Test
    void anEventThatTheProducerRefusesOutrightMayBeSentAgain() throws Exception {
        kafka.sendException = new TimeoutException("the buffer is full");

        assertThat(send(post("/v1/hooks/claude-code", HOOK)).statusCode()).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({",missing_bearer", "Basic x,missing_bearer", "Bearer vk_other,invalid_key"})
    void whoSendsIsAskedBeforeWhat(String authorization, String reason) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri("/v1/events")).POST(BodyPublishers.ofString("not JSON"));
        Optional.ofNullable(authorization).ifPresent(header -> request.header("Authorization", header));

        HttpResponse<String> response = send(request.build());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"error\":\"unauthorized\",\"reason\":\"" + reason + "\"}");
    }

    @Test
    void anInvalidBodyIsToldAll() throws Exception {
        HttpResponse<String> response = send(post("/v1/events", "{\"amount\":{\"token\":\"SOL\",\"value\":\"1\"}}"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"details\":[{\"message\":\"Required\",\"path\":[\"agentId\"]},"
                        + "{\"message\":\"Expected number, received string\",\"path\":[\"amount\",\"value\"]}],"
                        + "\"error\":\"validation_failed\"}");
        assertThat(kafka.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/v1/events,hello", "/v1/events,[]", "/v1/hooks/claude-code,{}"})
    void aBodyThatIsNoEventIsRefused(String path, String body) throws Exception {
        assertThat(send(post(path, body)).statusCode()).isEqualTo(400);
    }

    @Test
    void aBodyMayBeSoLargeAndNoLarger() throws Exception {
        String empty = "{\"agentId\":\"bot\",\"reasoning\":\"\"}";
        String largest = empty.replace("\"\"", "\"" + "x".repeat(MAX_BODY - empty.length()) + "\"");

        assertThat(acknowledged(post("/v1/events", largest)).statusCode()).isEqualTo(202);
        HttpResponse<String> refused = send(post("/v1/events", largest + " "));
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"too_large\",\"message\":\"The body must have at most 4096 bytes\"}");
    }

    @Test
    void everyAnswerIsJson() throws Exception {
        HttpResponse<String> unknown =
                send(HttpRequest.newBuilder(uri("/v1/nothing")).build());
        HttpResponse<String> wrongMethod =
                send(HttpRequest.newBuilder(uri("/v1/events")).build());

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("{\"error\":\"not_found\",\"message\":\"There is no /v1/nothing.\"}");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.body())
                .isEqualTo("{\"error\":\"method_not_allowed\",\"message\":\"GET is not answered here; use POST.\"}");
        assertThat(List.of(unknown, wrongMethod))
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json"));
    }

    @Test
    void tellsItsHealth() throws Exception {
        assertThat(get("/health").body())
                .matches(
                        "\\{\"service\":\"muster-collector\",\"status\":\"ok\",\"uptime\":0.0,\"version\":\"\\d[^\"]*\"}");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");

        notReadyBecause.set(Optional.of("The stores are being restored."));

        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .isEqualTo("{\"error\":\"unavailable\",\"message\":\"The stores are being restored.\"}");
    }

    @Test
    void countsEventsBySourceAndOutcome() throws Exception {
        acknowledged(post("/v1/events", EVENT));
        send(post("/v1/events", "{}"));
        send(HttpRequest.newBuilder(uri("/v1/hooks/claude-code"))
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(get("/metrics").body())
                .contains("muster_collector_events_total{outcome=\"accepted\",source=\"voight\"} 1.0")
                .contains("muster_collector_events_total{outcome=\"invalid\",source=\"voight\"} 1.0")
                .contains("muster_collector_events_total{outcome=\"unavailable\",source=\"voight\"} 0.0")
                .contains("muster_collector_events_total{outcome=\"unauthorized\",source=\"claude-code\"} 1.0")
                .contains("muster_collector_answer_seconds_count{source=\"voight\"} 2");
    }

    @Test
    void beforeKafkaIsReachedNothingIsTaken() throws Exception {
        MockProducer<byte[], byte[]> unreached = producer();
        unreached.partitionsForException = new TimeoutException("no metadata");
        collector.close();
        collector = start(0, unreached);

        assertThat(collector.connected()).isFalse();
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .contains("Kafka has not been reached yet. It is looked for at 127.0.0.1:9.");
        assertThat(send(post("/v1/events", EVENT)).statusCode()).isEqualTo(503);
        assertThat(unreached.history()).isEmpty();

        unreached.partitionsForException = null;

        await().until(collector::connected);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void aTakenPortIsOneSentence() {
        MockProducer<byte[], byte[]> unused = producer();

        assertThatThrownBy(() -> start(collector.port(), unused))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("Port " + collector.port()
                        + " of 127.0.0.1 is taken; choose another with MUSTER_INGEST_PORT or --ingest-port.");
        assertThat(unused.closed()).isTrue();
    }

    @Test
    void closingAnswersWhatIsUnderWayAndThenLetsGoOfKafka() throws Exception {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(post("/v1/events", EVENT), BodyHandlers.ofString());
        await().until(() -> kafka.history().size() == 1);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(collector::close);
        await().until(this::takesNoMoreRequests);
        assertThat(closing).isNotDone();
        kafka.completeNext();

        assertThat(answer.get().statusCode()).isEqualTo(202);
        closing.get();
        assertThat(kafka.closed()).isTrue();
    }

    private Collector start(int port, MockProducer<byte[], byte[]> producer) {
        CollectorConfig config = new CollectorConfig(
                "127.0.0.1",
                port,
                "127.0.0.1:9",
                ApiKeys.parse("vk_test=acme"),
                MAX_BODY,
                MAX_BODY,
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                RateLimit.GENEROUS,
                Optional.empty(),
                AgentNaming.DIRECTORY,
                new Privacy(PrivacyLevel.STANDARD, Map.of(), false),
                Optional.empty(),
                Duration.ofDays(30),
                new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30)));
        return Collector.start(
                config,
                InstantSource.fixed(Fixtures.RECEIVED_AT),
                registry,
                notReadyBecause::get,
                producer,
                config.keys(),
                new FakeControls());
    }

    private static MockProducer<byte[], byte[]> producer() {
        Node node = new Node(0, "127.0.0.1", 9);
        Node[] nodes = {node};
        PartitionInfo partition = new PartitionInfo(Topics.HOOK_EVENTS, 0, node, nodes, nodes);
        Cluster cluster = new Cluster("test", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, false, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private HttpResponse<String> acknowledged(HttpRequest request) throws ExecutionException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        await().until(kafka::completeNext);
        return answer.get();
    }

    private boolean takesNoMoreRequests() throws InterruptedException {
        try {
            return get("/health/live").statusCode() == 503;
        } catch (IOException e) {
            return true;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private HttpRequest post(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer vk_test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + collector.port() + path);
    }

    private static HookEvent read(ProducerRecord<byte[], byte[]> sent) throws MalformedRecordException {
        return new SingleObjectFormat().read(sent.value(), null);
    }
}
