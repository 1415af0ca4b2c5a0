/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.ingest.auth.Access;
import dev.muster.ingest.auth.ApiKeys;
import dev.muster.ingest.auth.Sender;
import dev.muster.ingest.limit.RateLimit;
import dev.muster.ingest.privacy.Privacy;
import dev.muster.ingest.source.AgentNaming;
import dev.muster.ingest.spool.SpoolConfig;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.PrivacyLevel;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
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
import java.time.Instant;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys of each kind are answered, over HTTP. */
class IssuedKeysOverHttpTest {

    private static final String EVENTS = "/v1/events";
    private static final String HOOKS = "/v1/hooks/claude-code";
    private static final String HOOK = "{'session_id':'s','hook_event_name':'Stop','cwd':'/w/demo'}";
    private static final Map<String, Access> KEYS = Map.of(
            "vk_bound", new Access.Granted(new Sender("acme", "key_1", Optional.of("deployer"), Optional.empty())),
            "vk_free", new Access.Granted(new Sender("acme", "key_2", Optional.empty(), Optional.empty())),
            "vk_revoked", new Access.Refused("revoked_key"),
            "vk_early", new Access.Undecided());

    private final HttpClient client = HttpClient.newHttpClient();
    private final MockProducer<byte[], byte[]> kafka = producer();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Instant now = Fixtures.RECEIVED_AT;
    private final Collector collector = Collector.start(
            new CollectorConfig(
                    "127.0.0.1",
                    0,
                    "127.0.0.1:9",
                    ApiKeys.none(),
                    4096,
                    4096,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(30),
                    new RateLimit(1, 3),
                    Optional.empty(),
                    AgentNaming.DIRECTORY,
                    new Privacy(PrivacyLevel.STANDARD, Map.of(), false),
                    Optional.empty(),
                    Duration.ofDays(30),
                    new SpoolConfig(Path.of("unused"), 0, Duration.ofSeconds(30))),
            () -> now,
            registry,
            Optional::empty,
            kafka,
            key -> KEYS.getOrDefault(key, new Access.Refused("invalid_key")),
            new FakeControls());

    @BeforeEach
    void connect() {
        await().until(collector::connected);
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aBoundKeyNeedNotNameItsAgent() throws Exception {
        HttpResponse<String> answer = post(EVENTS, "vk_bound", "{}");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body()).contains("\"agentId\":\"" + AgentId.of("acme", "deployer") + "\"");
        assertThat(post(EVENTS, "vk_free", "{}").statusCode()).isEqualTo(400);
        assertThat(post(EVENTS, "vk_free", "{}", "X-Muster-Agent", "bot").statusCode())
                .isEqualTo(202);
    }

    @Test
    void aBoundKeyMayNameItsAgentByLabelAndById() throws Exception {
        assertThat(post(EVENTS, "vk_bound", "{'agentId':'deployer'}").statusCode())
                .isEqualTo(202);
        assertThat(post(EVENTS, "vk_bound", "{'agentId':'" + AgentId.of("acme", "deployer") + "'}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post(HOOKS, "vk_bound", HOOK, "X-Muster-Agent", " deployer").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHookWithABoundKeyBelongsToItsAgent() throws Exception {
        assertThat(post(HOOKS, "vk_bound", HOOK).statusCode()).isEqualTo(200);
        assertThat(new SingleObjectFormat()
                        .read(kafka.history().get(0).value(), null)
                        .getAgentLabel())
                .isEqualTo("deployer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                EVENTS + " | {'agentId':'other'}",
                EVENTS + " | {'agentId':'deployer'}",
                EVENTS + " | {}",
                HOOKS + "  | " + HOOK
            })
    void aBoundKeyForAnotherAgentIsForbidden(String path, String body) throws Exception {
        HttpResponse<String> answer = body.contains("other")
                ? post(path, "vk_bound", body)
                : post(path, "vk_bound", body, "X-Muster-Agent", "other");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"forbidden\",\"message\":\"The key is bound to the agent deployer\"}");
        assertThat(kafka.history()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"vk_revoked, revoked_key", "vk_unknown, invalid_key"})
    void aKeyThatIsNotGoodIsToldWhy(String key, String reason) throws Exception {
        HttpResponse<String> answer = post(EVENTS, key, "{}");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"unauthorized\",\"reason\":\"" + reason + "\"}");
    }

    @Test
    void aKeyThatIsNotKnownYetIsToComeAgain() throws Exception {
        HttpResponse<String> answer = post(EVENTS, "vk_early", "{}");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    }

    @Test
    void aKeyThatSendsTooMuchIsToldWhenToComeAgain() throws Exception {
        String event = "{'agentId':'bot'}";
        for (int i = 0; i < 3; i++) {
            assertThat(post(EVENTS, "vk_free", event).statusCode()).isEqualTo(202);
        }
        HttpResponse<String> refused = post(HOOKS, "vk_free", "no JSON at all");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("\"error\":\"rate_limited\"");
        assertThat(registry.scrape())
                .contains("muster_collector_events_total{outcome=\"rate_limited\",source=\"claude-code\"} 1.0");
        now = now.plusSeconds(1);
        assertThat(post(EVENTS, "vk_free", event).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> post(String path, String key, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.port() + path))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
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
