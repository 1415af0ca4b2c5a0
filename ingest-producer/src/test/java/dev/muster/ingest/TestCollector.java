/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.awaitility.Awaitility.await;

import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.auth.Senders;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.settings.Settings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
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

/** A collector that listens on loopback for the key {@code vk_test} of the account acme, on a Kafka that takes all. */
final class TestCollector implements AutoCloseable {

    final MockProducer<byte[], byte[]> kafka = producer();
    final FakeControls controls = new FakeControls();
    private final Collector collector;

    /** Starts it with settings beside the usual ones. */
    TestCollector(Map<String, String> settings) {
        this(settings, ApiKeys.parse("vk_test=acme"));
    }

    /** Starts it for other keys. */
    TestCollector(Map<String, String> settings, Senders senders) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("MUSTER_INGEST_PORT", "0");
        all.put("MUSTER_SPOOL_MAX_BYTES", "0");
        CollectorConfig config = CollectorConfig.from(Settings.of(all));
        collector = Collector.start(
                config,
                InstantSource.fixed(Fixtures.RECEIVED_AT),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                Optional::empty,
                kafka,
                senders,
                controls);
        await().until(collector::connected);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + collector.port() + path);
    }

    /** What reached Kafka, in order. */
    List<HookEvent> events() {
        return kafka.history().stream()
                .map(sent -> {
                    try {
                        return new SingleObjectFormat().read(sent.value(), null);
                    } catch (MalformedRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    @Override
    public void close() {
        collector.close();
    }

    private static MockProducer<byte[], byte[]> producer() {
        Node node = new Node(0, "127.0.0.1", 9);
        Node[] nodes = {node};
        PartitionInfo partition = new PartitionInfo(Topics.HOOK_EVENTS, 0, node, nodes, nodes);
        Cluster cluster = new Cluster("test", List.of(node), List.of(partition), Set.of(), Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }
}
