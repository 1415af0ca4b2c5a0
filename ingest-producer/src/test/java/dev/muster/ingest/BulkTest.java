/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.fuzz.RawClient;
import dev.muster.ingest.fuzz.RawClient.Answer;
import dev.muster.ingest.fuzz.Transports;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.PrivacyLevel;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BulkTest {

    private static final int MAX_LINE = 1024;
    private static final String EVENT = "{\"agentId\":\"bot\",\"timestamp\":1795363200000}";

    private final FakeControls controls = new FakeControls();
    private final CountingProducer kafka = new CountingProducer();
    private final Collector collector = Collector.start(
            new CollectorConfig(
                    "127.0.0.1",
                    0,
                    "127.0.0.1:9",
                    ApiKeys.parse("vk_test=acme"),
                    MAX_LINE,
                    MAX_LINE * MAX_LINE,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    RateLimit.GENEROUS,
                    Optional.empty(),
                    AgentNaming.DIRECTORY,
                    new Privacy(PrivacyLevel.STANDARD, Map.of(), false),
                    Optional.empty(),
                    Duration.ofDays(30),
                    new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30))),
            InstantSource.fixed(Fixtures.RECEIVED_AT),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
            Optional::empty,
            kafka,
            ApiKeys.parse("vk_test=acme"),
            controls);

    @BeforeEach
    void reach() {
        await().until(collector::connected);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void everyLineThatIsAnEventIsTakenAsItWouldBeAlone() throws IOException {
        String alone = send("/v1/events", EVENT).body();

        Answer answer = send("/v1/events/bulk", "\n" + EVENT + "\r\n  \n" + EVENT.replace("bot", "other"));

        assertThat(answer.status()).isEqualTo(202);
        JsonNode body = body(answer);
        assertThat(body.path("accepted").asInt()).isEqualTo(2);
        assertThat(body.path("refused").asInt()).isZero();
        assertThat(body.at("/results/0/id"))
                .isEqualTo(SourceJson.value(alone).orElseThrow().path("id"));
        assertThat(body.at("/results/1/agentId").asText()).isEqualTo(AgentId.of("acme", "other"));
        assertThat(kafka.records()).isEqualTo(3);
    }

    @Test
    void aLineThatIsWrongIsRefusedAlone() throws IOException {
        String large = EVENT.replace("}", ",\"reasoning\":\"" + "x".repeat(MAX_LINE) + "\"}");

        Answer answer = send("/v1/events/bulk", "{}\n" + EVENT + "\nnonsense\n" + large + "\n" + EVENT);

        assertThat(answer.status()).isEqualTo(207);
        JsonNode body = body(answer);
        assertThat(body.path("accepted").asInt()).isEqualTo(2);
        assertThat(body.path("refused").asInt()).isEqualTo(3);
        assertThat(body.path("results").findValuesAsText("status")).containsExactly("400", "202", "400", "400", "202");
        assertThat(body.path("results").findValuesAsText("line")).containsExactly("0", "1", "2", "3", "4");
        assertThat(SourceJson.canonical(body.at("/results/0")))
                .isEqualTo("{\"details\":[{\"message\":\"Required\",\"path\":[\"agentId\"]}],"
                        + "\"error\":\"validation_failed\",\"line\":0,\"status\":400}");
        assertThat(body.at("/results/3/details/0/message").asText()).isEqualTo("The line must have at most 1024 bytes");
        assertThat(kafka.records()).isEqualTo(2);
    }

    @Test
    void aBodyWithoutAnyEventIsRefused() throws IOException {
        assertThat(send("/v1/events/bulk", "{}\n[]").status()).isEqualTo(400);
        assertThat(body(send("/v1/events/bulk", "{}\n[]")).path("error").asText())
                .isEqualTo("validation_failed");
        assertThat(send("/v1/events/bulk", "\n \n").body()).contains("The body holds no event");
        assertThat(kafka.records()).isZero();
    }

    @Test
    void soManyLinesAndNoMore() throws IOException {
        assertThat(send("/v1/events/bulk", "{}\n".repeat(9_999) + EVENT).status())
                .isEqualTo(207);
        assertThat(send("/v1/events/bulk", "{}\n".repeat(10_001)).body()).contains("at most 10000 lines");
    }

    @Test
    void manyEventsMayComeCompressed() throws IOException {
        try (RawClient client = new RawClient(collector.port())) {
            byte[] zipped = Transports.gzip((EVENT + "\n").getBytes(UTF_8));
            assertThat(client.send(Transports.request("/v1/events/bulk", "Content-Encoding: gzip\r\n", zipped))
                            .status())
                    .isEqualTo(202);
        }
    }

    private Answer send(String path, String body) throws IOException {
        try (RawClient client = new RawClient(collector.port())) {
            return client.send(
                    Transports.request(path, "Content-Type: application/x-ndjson\r\n", body.getBytes(UTF_8)));
        }
    }

    private static JsonNode body(Answer answer) {
        return SourceJson.value(answer.body()).orElseThrow();
    }
}
