/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.standalone.host.DataFolder;
import dev.muster.standalone.host.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was answered 202 while Kafka was away is in its session afterwards, once. */
class DurabilityTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int SESSIONS = 4;
    private static final int SOME = 25;

    private final Http http = new Http();
    private final List<Integer> ports = LoopbackPorts.free(2);
    private final URI collector = URI.create("http://127.0.0.1:" + ports.get(1));
    private final Path data;
    private final Map<String, String> settings;
    private EmbeddedBroker broker;
    private MainProcess process;

    DurabilityTest(@TempDir Path data) {
        this.data = data;
        settings = Map.of(
                "MUSTER_API_KEYS",
                Standalone.LOCAL_KEY + "=local",
                "MUSTER_KAFKA_BOOTSTRAP",
                "127.0.0.1:" + ports.get(0),
                "MUSTER_INGEST_PORT",
                String.valueOf(ports.get(1)),
                "MUSTER_INGEST_TIMEOUT",
                "PT1S",
                "MUSTER_SPOOL_DIR",
                data.resolve("collector-spool").toString());
        broker = startBroker();
        StandaloneTopics.ensure(broker.bootstrapServers());
        process = new MainProcess(dev.muster.ingest.Main.class, settings);
    }

    @AfterEach
    void stop() {
        process.close();
        broker.close();
    }

    @Test
    void nothingIsLostWhileKafkaIsAway() throws Exception {
        await().atMost(LONG).until(this::isReady);
        EventLoad load = new EventLoad(collector, SESSIONS);
        try (load) {
            awaitMore(load);
            broker.close();
            awaitMore(load);
            awaitMore(load);
            broker = startBroker();
            awaitMore(load);
        }
        assertThat(load.otherAnswers()).isEmpty();
        assertEverySessionIsWhole(load);
    }

    @Test
    void norIfTheCollectorIsKilledMeanwhile() throws Exception {
        EventLoad load = new EventLoad(collector, SESSIONS);
        try (load) {
            awaitMore(load);
            broker.close();
            awaitMore(load);
            process.kill();
            process = new MainProcess(dev.muster.ingest.Main.class, settings);
            awaitMore(load);
            process.kill();
            broker = startBroker();
            process = new MainProcess(dev.muster.ingest.Main.class, settings);
            awaitMore(load);
        }
        assertThat(load.otherAnswers()).isSubsetOf("none");
        assertEverySessionIsWhole(load);
    }

    /** Lets the topology read what is in Kafka, when the spool is empty. */
    private void assertEverySessionIsWhole(EventLoad load) {
        await().atMost(LONG)
                .until(() ->
                        !http.get(collector.resolve("/health/ready")).body().has("note"));
        process.close();
        broker.close();
        try (Standalone muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {})) {
            for (String session : load.sessions()) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(events(muster, session)).isEqualTo(load.taken(session)));
            }
        }
    }

    private int events(Standalone muster, String session) throws IOException, InterruptedException {
        return http.get(muster.api().resolve("/v1/me/sessions/" + session))
                .body()
                .path("events")
                .intValue();
    }

    private void awaitMore(EventLoad load) {
        int before = load.fewest();
        await().atMost(LONG).until(() -> load.fewest() >= before + SOME);
    }

    private boolean isReady() throws InterruptedException {
        try {
            return http.get(collector.resolve("/health/ready")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private EmbeddedBroker startBroker() {
        return EmbeddedBroker.start(DataFolder.kafka(data), ports.get(0));
    }
}
