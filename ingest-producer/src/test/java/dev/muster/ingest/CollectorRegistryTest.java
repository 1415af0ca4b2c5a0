/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.registry.TinyRegistry;
import dev.muster.schemas.settings.InvalidSettingException;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A collector that writes in a schema registry's frame. */
class CollectorRegistryTest {

    private static final String EVENT = "{\"agentId\":\"bot\",\"metadata\":{\"sessionId\":\"s1\"}}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final TinyRegistry registry = TinyRegistry.start(0);
    private final MockProducer<byte[], byte[]> kafka = kafka();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aRegistryThatIsAwayIsWaitedForAndNothingIsTakenMeanwhile() throws Exception {
        registry.refuseWith(503, "");
        try (Collector collector = start()) {
            assertThat(send(collector, "/v1/events", EVENT).statusCode()).isEqualTo(503);
            assertThat(send(collector, "/health/ready", "").body()).contains("The schema registry is not available");
            assertThat(kafka.history()).isEmpty();

            registry.recover();
            await().until(collector::connected);

            assertThat(send(collector, "/v1/events", EVENT).statusCode()).isEqualTo(202);
            assertThat(kafka.history().get(0).value()).startsWith(0, 0, 0, 0, TinyRegistry.FIRST_ID);
            assertThat(send(collector, "/health/ready", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRegistryThatRefusesTheSchemaStopsTheStart() {
        registry.refuseWith(409, "{\"error_code\":409,\"message\":\"incompatible\"}");

        assertThatThrownBy(() -> start().close())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("incompatible");
        assertThat(kafka.closed()).isTrue();
    }

    private Collector start() {
        Settings settings = Settings.of(Map.of(
                "MUSTER_API_KEYS",
                "vk_test=acme",
                "MUSTER_INGEST_PORT",
                "0",
                "MUSTER_SPOOL_MAX_BYTES",
                "0",
                RegistryConfig.URL,
                registry.url()));
        CollectorConfig config = CollectorConfig.from(settings);
        return Collector.start(
                config,
                InstantSource.fixed(Fixtures.RECEIVED_AT),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional::empty,
                kafka,
                config.keys(),
                new FakeControls());
    }

    private HttpResponse<String> send(Collector collector, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + path))
                .header("Authorization", "Bearer vk_test");
        return client.send(
                body.isEmpty()
                        ? request.build()
                        : request.POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private static MockProducer<byte[], byte[]> kafka() {
        Node node = new Node(0, "127.0.0.1", 9);
        Node[] nodes = {node};
        PartitionInfo partition = new PartitionInfo("muster.hook-events", 0, node, nodes, nodes);
        Cluster cluster = new Cluster("test", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
