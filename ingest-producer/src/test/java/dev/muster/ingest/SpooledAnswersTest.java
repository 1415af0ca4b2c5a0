/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector answers while Kafka is away, and what it keeps on disk. */
class SpooledAnswersTest {

    private static final String KEY = "vk_7f3a9c51e0d84b26";
    private static final int MAX_BYTES = 4096;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final Collector collector;

    SpooledAnswersTest(@TempDir Path folder) {
        this.folder = folder;
        CollectorConfig config = CollectorConfig.from(Settings.of(Map.of(
                "MUSTER_API_KEYS",
                KEY + "=acme",
                "MUSTER_INGEST_PORT",
                "0",
                "MUSTER_INGEST_TIMEOUT",
                "PT0.5S",
                "MUSTER_SPOOL_DIR",
                folder.toString(),
                "MUSTER_SPOOL_MAX_BYTES",
                String.valueOf(MAX_BYTES))));
        MockProducer<byte[], byte[]> unreached = new MockProducer<>(
                true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
        unreached.partitionsForException = new TimeoutException("no broker answers");
        collector = Collector.start(
                config,
                InstantSource.system(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional::empty,
                unreached,
                config.keys(),
                new FakeControls());
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anEventOnDiskIsAcceptedAndTheCollectorReady() throws Exception {
        assertThat(post("seen-on-disk").statusCode()).isEqualTo(202);

        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body())
                .isEqualTo("{\"note\":\"Events are kept in the spool in " + folder.toAbsolutePath()
                        + ", where 1 wait, until Kafka takes them.\",\"status\":\"ready\"}");
        assertThat(get("/metrics").body())
                .contains("muster_spool_records 1.0")
                .contains("muster_spool_spooled_total 1.0")
                .contains("muster_spool_drained_total 0.0")
                .contains("muster_spool_oldest_age_seconds")
                .contains("muster_spool_size_bytes");
    }

    @Test
    void noKeyIsOnDisk() throws Exception {
        post("seen-on-disk");

        assertThat(allOnDisk()).contains("acme/seen-on-disk").doesNotContain(KEY);
    }

    @Test
    void aFullSpoolTellsSendersToTryAgain() throws Exception {
        HttpResponse<String> refused = await().until(() -> post("s"), answer -> answer.statusCode() != 202);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body()).contains("the spool in " + folder.toAbsolutePath() + " is full");
    }

    private String allOnDisk() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(SpooledAnswersTest::read).collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String session) throws IOException, InterruptedException {
        String body = "{\"agentId\":\"bot\",\"reasoning\":\"" + "x".repeat(MAX_BYTES / 8)
                + "\",\"metadata\":{\"sessionId\":\"" + session + "\"}}";
        return client.send(
                HttpRequest.newBuilder(uri("/v1/events"))
                        .header("Authorization", "Bearer " + KEY)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + collector.port() + path);
    }
}
