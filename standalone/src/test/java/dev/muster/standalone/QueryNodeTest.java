/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.muster.query.Main;
import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.standalone.host.LoopbackPorts;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query side in a process of its own, beside a Kafka that it did not start. */
class QueryNodeTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final Http http = new Http();
    private final List<Integer> ports = LoopbackPorts.free(2);
    private final URI api = URI.create("http://127.0.0.1:" + ports.get(1));
    private final EmbeddedBroker broker;
    private final Map<String, String> settings;

    QueryNodeTest(@TempDir Path folder) {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), ports.get(0));
        settings = Map.of(
                "MUSTER_KAFKA_BOOTSTRAP",
                broker.bootstrapServers(),
                "MUSTER_QUERY_PORT",
                String.valueOf(ports.get(1)),
                "MUSTER_QUERY_ACCOUNT",
                "acme",
                "MUSTER_STATE_DIR",
                folder.resolve("state").toString());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void itAnswersForItsAccountFromTheStoresThatItKeeps() throws Exception {
        StandaloneTopics.ensure(broker.bootstrapServers());
        String session;
        try (MainProcess node = new MainProcess(Main.class, settings)) {
            awaitReady(node);
            Http.Answer sent = http.post(api.resolve("/v1/me/test-event"), JsonNodeFactory.instance.objectNode());
            session = sent.body().path("sessionId").asText();
            await().atMost(LONG).until(() -> status("/v1/me/sessions/" + session) == 200);
            assertThat(http.get(api.resolve("/v1/me")).body().path("account").textValue())
                    .isEqualTo("acme");
        }
        try (MainProcess again = new MainProcess(Main.class, settings)) {
            awaitReady(again);
            assertThat(status("/v1/me/sessions/" + session)).isEqualTo(200);
        }
    }

    @Test
    void itEndsWithASentenceWhereThereAreNoTopics() throws Exception {
        assertEnds(settings, "muster topics");
    }

    @Test
    void itEndsWithASentenceForASettingThatNobodyKnows() throws Exception {
        StandaloneTopics.ensure(broker.bootstrapServers());
        Map<String, String> wrong = new HashMap<>(settings);
        wrong.put("MUSTER_QUERY_PROT", "8080");
        assertEnds(wrong, "MUSTER_QUERY_PROT is no setting");
    }

    private static void assertEnds(Map<String, String> settings, String reason) throws Exception {
        try (MainProcess node = new MainProcess(Main.class, settings)) {
            assertThat(node.awaitEnd()).isEqualTo(1);
            assertThat(node.output()).contains(reason).doesNotContain("\tat ");
        }
    }

    private void awaitReady(MainProcess node) {
        await().atMost(LONG).ignoreException(ConnectException.class).until(() -> {
            assertThat(node.isAlive()).isTrue();
            return status("/health/ready") == 200;
        });
    }

    private int status(String path) throws Exception {
        return http.get(api.resolve(path)).status();
    }
}
