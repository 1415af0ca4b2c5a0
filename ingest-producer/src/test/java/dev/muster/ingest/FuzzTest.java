/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.fuzz.Mutations;
import dev.muster.ingest.fuzz.RawClient;
import dev.muster.ingest.fuzz.RawClient.Answer;
import dev.muster.ingest.fuzz.Transports;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.PrivacyLevel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * Sends to every endpoint what it does not expect, over real connections, and looks whether each request is answered
 * clearly, others are unharmed, and neither threads nor memory are lost. A new endpoint is a line in {@link #ENDPOINTS}.
 */
class FuzzTest {

    private static final int TRIES = 20;
    private static final int INPUTS_PER_TRY = Integer.getInteger("muster.fuzz.inputs", 300) / TRIES;
    private static final String JSON_TYPE = "Content-Type: application/json\r\n";
    private static final int MAX_THREADS = 64;
    private static final int MAX_BODY = 256 * 1024;
    private static final long MOST_HEAP_GROWTH = 48L * 1024 * 1024;
    private static final Set<Integer> STATUSES = Set.of(200, 202, 207, 400, 401, 403, 404, 405, 413, 415, 429);
    private static final byte[] EVENT =
            "{\"agentId\":\"bot\",\"timestamp\":1795363200000,\"metadata\":{\"sessionId\":\"s1\"}}".getBytes(UTF_8);

    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("/v1/events", JSON, bytes(voight())),
            new Endpoint("/v1/events/bulk", JSON, bytes(List.of(String.join("\n", voight()), voight().get(0)))),
            new Endpoint("/v1/transcripts/claude-code", JSON, bytes(transcripts())),
            new Endpoint("/v1/hooks/claude-code", JSON, bytes(Fixtures.hooks())),
            new Endpoint("/v1/logs", JSON, bytes(otlp("logs"))),
            new Endpoint("/v1/logs", PROTOBUF, protobuf("logs", ExportLogsServiceRequest.newBuilder())),
            new Endpoint("/v1/otel/logs", JSON, bytes(otlp("logs"))),
            new Endpoint("/v1/traces", JSON, bytes(otlp("traces"))),
            new Endpoint("/v1/traces", PROTOBUF, protobuf("traces", ExportTraceServiceRequest.newBuilder())),
            new Endpoint("/v1/metrics", JSON, bytes(otlp("metrics"))),
            new Endpoint("/v1/metrics", PROTOBUF, protobuf("metrics", ExportMetricsServiceRequest.newBuilder())));

    private static final Collector COLLECTOR = start();
    private static final long HEAP_BEFORE = heap();

    /** Where requests go, and bodies that are right there. */
    private record Endpoint(String path, String mediaType, List<byte[]> bodies) {}

    private static Collector start() {
        Collector collector = Collector.start(
                new CollectorConfig(
                        "127.0.0.1",
                        0,
                        "127.0.0.1:9",
                        ApiKeys.parse("vk_test=acme"),
                        MAX_BODY,
                        2 * MAX_BODY,
                        Duration.ofSeconds(30),
                        new RateLimit(0, 1),
                        Optional.empty(),
                        new Privacy(PrivacyLevel.STANDARD, Map.of()),
                        new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30))),
                InstantSource.fixed(Fixtures.RECEIVED_AT),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional::empty,
                new CountingProducer(),
                ApiKeys.parse("vk_test=acme"));
        await().until(collector::connected);
        return collector;
    }

    @AfterContainer
    static void nothingIsLost() {
        try {
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("muster-collector"))
                            .count())
                    .isLessThanOrEqualTo(MAX_THREADS);
            assertThat(heap()).isLessThan(HEAP_BEFORE + MOST_HEAP_GROWTH);
        } finally {
            COLLECTOR.close();
        }
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void anyBodyIsAnsweredClearly(@ForAll long seed) throws IOException {
        for (Endpoint endpoint : ENDPOINTS) {
            Random random = new Random(seed);
            Mutations mutations = new Mutations(random);
            Transports transports = new Transports(random, endpoint.mediaType());
            try (RawClient client = new RawClient(COLLECTOR.port())) {
                for (int i = 0; i < INPUTS_PER_TRY; i++) {
                    byte[] request = transports.of(endpoint.path(), mutations.of(endpoint.bodies()));
                    isClear(client.send(request), STATUSES, request, endpoint.mediaType());
                }
                aGoodRequestIsTaken(client);
            }
        }
    }

    @Example
    void aRequestThatIsNoneIsAnsweredClearlyOrItsConnectionClosed() throws IOException {
        Set<Integer> statuses = Set.of(200, 202, 400, 401, 404, 405, 408, 413, 414, 415, 417, 431, 501, 505);
        for (Endpoint endpoint : ENDPOINTS) {
            for (String request : malformed(endpoint.path())) {
                byte[] bytes = request.getBytes(ISO_8859_1);
                try (RawClient client = new RawClient(COLLECTOR.port())) {
                    Optional<Answer> answer = client.sendLast(bytes);
                    if (answer.isPresent()) {
                        isClear(answer.get(), statuses, bytes, JSON);
                    }
                    aGoodRequestIsTaken(client);
                }
            }
        }
    }

    private static List<String> malformed(String path) {
        String key = "Host: muster\r\nAuthorization: Bearer vk_test\r\n" + JSON_TYPE;
        String post = "POST " + path + " HTTP/1.1\r\n" + key;
        return List.of(
                post + "Content-Length: 100\r\n\r\n{\"agentId\":",
                post + "Content-Length: -1\r\n\r\n{}",
                post + "Content-Length: x\r\n\r\n{}",
                post + "Content-Length: 99999999999999999999\r\n\r\n{}",
                post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
                post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
                post + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a",
                post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
                post + "Transfer-Encoding: gzip\r\n\r\n{}",
                post + "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\n\u001f\u008b\u0008\r\n",
                post + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
                post + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}",
                post + "X: " + "x".repeat(100_000) + "\r\nContent-Length: 2\r\n\r\n{}",
                post + "x: y\r\n".repeat(2000) + "Content-Length: 2\r\n\r\n{}",
                post + "no colon\r\nContent-Length: 2\r\n\r\n{}",
                post + "A\u0000B: c\r\nContent-Length: 2\r\n\r\n{}",
                post + " folded: c\r\nContent-Length: 2\r\n\r\n{}",
                post + "Authorization: Bearer \u00ff\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/1.0\r\nAuthorization: Bearer vk_test\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/1.1\r\nAuthorization: Bearer vk_test\r\nContent-Length: 2\r\n\r\n{}",
                "POST " + path + " HTTP/3.7\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "\r\n\r\n",
                "BREW " + path + " HTTP/1.1\r\n" + key + "\r\n",
                "POST " + path + "%zz HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "%00 HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "%ff%fe HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "/%2e%2e/%2f HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "?%zz=%&&=%ff HTTP/1.1\r\n" + key + "Content-Length: 2\r\n\r\n{}",
                "POST " + path + "/" + "x".repeat(20_000) + " HTTP/1.1\r\n" + key + "\r\n",
                "\u0016\u0003\u0001\u0002\u0000",
                "\r\n\r\n",
                "{\"agentId\":\"bot\"}");
    }

    @Example
    void aBodyIsReadAsFarAsItsBoundOnly() throws IOException {
        byte[] large = new byte[100 * 1024 * 1024];
        String nested = "[".repeat(10_000) + "]".repeat(10_000);
        byte[] bomb = Transports.gzip(large);
        for (Endpoint endpoint : ENDPOINTS) {
            String huge = "POST " + endpoint.path()
                    + " HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_test\r\nContent-Length: " + large.length
                    + "\r\n\r\n";
            byte[] deep = ("{\"agentId\":\"bot\",\"session_id\":\"s\",\"hook_event_name\":\"Stop\",\"metadata\":{\"a\":"
                            + nested + "}}")
                    .getBytes(UTF_8);
            assertThat(status(Transports.request(endpoint.path(), JSON_TYPE + "Content-Encoding: gzip\r\n", bomb)))
                    .isEqualTo(413);
            assertThat(status(huge.getBytes(ISO_8859_1))).isEqualTo(413);
            // Of a transcript, whose lines are refused alone, the answer tells it.
            assertThat(status(Transports.request(endpoint.path(), JSON_TYPE, deep)))
                    .isEqualTo(endpoint.path().contains("transcripts") ? 202 : 400);
        }
        try (RawClient client = new RawClient(COLLECTOR.port())) {
            aGoodRequestIsTaken(client);
        }
    }

    private static int status(byte[] request) throws IOException {
        try (RawClient client = new RawClient(COLLECTOR.port())) {
            return client.sendLast(request).orElseThrow().status();
        }
    }

    @Example
    void whoSendsNoMoreHoldsUpNobody() throws IOException {
        List<RawClient> silent =
                Stream.generate(() -> new RawClient(COLLECTOR.port())).limit(32).toList();
        try (RawClient client = new RawClient(COLLECTOR.port())) {
            for (RawClient one : silent) {
                one.begin(("POST /v1/events HTTP/1.1\r\nHost: muster\r\nAuthorization: Bearer vk_test\r\n"
                                + "Content-Length: 100\r\n\r\n{")
                        .getBytes(ISO_8859_1));
            }
            aGoodRequestIsTaken(client);
        } finally {
            for (RawClient one : silent) {
                one.close();
            }
        }
    }

    private static void isClear(Answer answer, Set<Integer> statuses, byte[] request, String mediaType) {
        String sent = new String(request, 0, Math.min(request.length, 3000), ISO_8859_1);
        assertThat(answer.status()).as(sent).isIn(statuses);
        assertThat(answer.body()).as(sent).doesNotContain("\tat ", "Exception", "java.");
        if (answer.status() >= 400 && !answer.body().startsWith("{")) {
            // In the binary encoding a message is its length and its text.
            assertThat(mediaType).as(sent).isEqualTo(PROTOBUF);
            assertThat(answer.body()).as(sent).hasSizeGreaterThan(8);
        } else if (answer.status() >= 400) {
            assertThat(Json.value(answer.body()))
                    .as(sent)
                    .hasValueSatisfying(body -> assertThat(body.path("error").asText()
                                    + body.path("message").asText())
                            .isNotEmpty());
        }
    }

    private static void aGoodRequestIsTaken(RawClient client) throws IOException {
        assertThat(client.send(Transports.request("/v1/events", "", EVENT)).status())
                .isEqualTo(202);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<String> voight() {
        return Stream.of("voight-sdk/claude-code-standard.ndjson", "voight-sdk/library-mode.ndjson")
                .flatMap(name -> Fixtures.lines(name).stream())
                .toList();
    }

    private static List<String> transcripts() {
        List<String> lines = Fixtures.lines("claude-code/transcript.jsonl");
        return List.of(String.join("\n", lines), lines.get(0), lines.get(1), lines.get(5));
    }

    private static List<String> otlp(String signal) {
        return Fixtures.lines("claude-code/otlp-" + signal + ".ndjson").stream()
                .map(line -> Json.value(line).orElseThrow().path("body").toString())
                .toList();
    }

    private static List<byte[]> protobuf(String signal, Message.Builder request) {
        return otlp(signal).stream()
                .map(json -> {
                    try {
                        Message.Builder read = request.clone().clear();
                        // Its ids are not what OTLP means by them, but as many bytes as any.
                        JsonFormat.parser().ignoringUnknownFields().merge(json, read);
                        return read.build().toByteArray();
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static List<byte[]> bytes(List<String> bodies) {
        return bodies.stream().map(body -> body.getBytes(UTF_8)).toList();
    }
}
