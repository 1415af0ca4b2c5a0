/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.ingest.Collector;
import dev.muster.ingest.CollectorConfig;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.settings.Settings;
import dev.muster.standalone.Standalone;
import dev.muster.standalone.host.DataFolder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** API keys from the command line to two collectors on one Kafka. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysTest {

    private static final Duration SECONDS = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String EVENT = "{\"agentId\":\"bot\",\"metadata\":{\"sessionId\":\"s\"}}";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Logs everything here, more than a user's does. */
    private static final Logger OURS = (Logger) LoggerFactory.getLogger("dev.muster");

    private final HttpClient client = HttpClient.newHttpClient();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path data;
    private final Standalone muster;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Collector second;

    KeysTest(@TempDir Path data) {
        this.data = data;
        OURS.setLevel(Level.TRACE);
        muster = Standalone.start(
                Map.of("MUSTER_QUERY_PORT", "0", "MUSTER_INGEST_PORT", "0"),
                data,
                InstantSource.system(),
                folder -> {});
        // Its spool is in the data folder, which is searched for keys.
        Settings settings = Settings.of(Map.of(
                "MUSTER_KAFKA_BOOTSTRAP",
                muster.bootstrapServers(),
                "MUSTER_INGEST_PORT",
                "0",
                "MUSTER_SPOOL_DIR",
                data.resolve("second-spool").toString()));
        second = Collector.start(CollectorConfig.from(settings), InstantSource.system(), registry, Optional::empty);
        await().atMost(Duration.ofMinutes(1)).until(muster::notReadyBecause, Optional::isEmpty);
        await().atMost(TIMEOUT).until(second::connected);
    }

    @AfterAll
    void stop() {
        second.close();
        muster.close();
        registry.close();
        OURS.setLevel(null);
    }

    @Test
    void aKeyIsTakenByEveryCollectorUntilItIsRevoked() throws Exception {
        String key = create("--label", "ci");
        for (URI collector : collectors()) {
            await().atMost(SECONDS).until(() -> send(collector, key, EVENT).statusCode() == 202);
        }

        assertThat(run("keys", "revoke", key.substring(0, 11))).isZero();
        assertThat(out).hasToString("Revoked " + key.substring(0, 11) + " (ci)." + System.lineSeparator());
        for (URI collector : collectors()) {
            await().atMost(SECONDS).until(() -> send(collector, key, EVENT).statusCode() == 401);
            assertThat(send(collector, key, EVENT).body()).contains("\"reason\":\"revoked_key\"");
        }
    }

    @Test
    void aBoundKeySendsForItsAgentOnly() throws Exception {
        String key = create("--label", "bound", "--agent", "deployer", "--privacy", "standard");
        URI collector = muster.collector();
        await().atMost(SECONDS).until(() -> send(collector, key, "{}").statusCode() == 202);
        assertThat(send(collector, key, "{}").body()).contains(AgentId.of("local", "deployer"));
        assertThat(send(collector, key, EVENT).statusCode()).isEqualTo(403);
    }

    @Test
    void theLastUseIsSeen() throws Exception {
        String key = create("--label", "seen");
        String prefix = key.substring(0, 11);
        assertThat(row(prefix)).contains("seen").contains("  never  ").endsWith("  good");
        await().atMost(SECONDS)
                .until(() -> send(address(second.port()), key, EVENT).statusCode() == 202);
        await().atMost(TIMEOUT).until(() -> !row(prefix).contains("  never  "));
        JsonNode listed = JSON.readTree(client.send(
                        HttpRequest.newBuilder(muster.api().resolve("/v1/me/keys"))
                                .build(),
                        BodyHandlers.ofString())
                .body());
        assertThat(listed.path("keys"))
                .filteredOn(each -> each.path("keyPrefix").asText().equals(prefix))
                .singleElement()
                .satisfies(each -> assertThat(each.path("lastUsedAt").asText()).isNotEmpty())
                .satisfies(each -> assertThat(each.has("secret")).isFalse());
    }

    @Test
    void noWholeKeyIsKeptAnywhere() throws Exception {
        LoggerFactory.getLogger("dev.muster.probe").debug("as low as this");
        String key = create("--label", "secret");
        for (URI collector : collectors()) {
            await().atMost(SECONDS).until(() -> send(collector, key, EVENT).statusCode() == 202);
            send(collector, key, "no JSON");
            send(collector, key + "x", EVENT);
        }
        assertThat(run("keys", "list")).isZero();
        String listed = out.toString();
        assertThat(run("keys", "revoke", key.substring(0, 11))).isZero();
        await().atMost(SECONDS).until(() -> send(muster.collector(), key, EVENT).statusCode() == 401);

        assertThat(listed).contains(key.substring(0, 11)).doesNotContain(key.substring(0, 12));
        List<String> topics = topics();
        List<String> files = files();
        assertThat(holds(topics, key.substring(0, 11))).isTrue();
        assertThat(holds(files, key.substring(0, 11))).isTrue();
        assertThat(Files.readString(data.resolve(DataFolder.LOG))).contains("dev.muster.probe: as low as this");
        // One character more than the prefix, and the key without its vk_: neither is anywhere.
        for (String part : List.of(key.substring(0, 12), key.substring(3))) {
            assertThat(holds(topics, part)).isFalse();
            assertThat(holds(files, part)).isFalse();
            assertThat(registry.scrape().contains(part)).isFalse();
        }
    }

    private static boolean holds(List<String> texts, String part) {
        return texts.stream().anyMatch(text -> text.contains(part));
    }

    @Test
    void whatCannotBeDoneIsOneSentence() {
        assertFails("There is no key with that id or prefix; 'muster keys list' shows those there are.", "revoke", "x");
        assertFails("privacy must be minimal, standard or full.", "create", "--label", "a", "--privacy", "none");
        assertFails(
                "What answers at " + muster.collector().resolve("/metrics?")
                        + " is not Muster's API; name it with --api.",
                "list",
                "--api",
                muster.collector().resolve("/metrics?").toString());
        assertFails(
                "The API cannot be reached at http://127.0.0.1:1; start it with './muster up', or name its address"
                        + " with --api.",
                "list",
                "--api",
                "http://127.0.0.1:1/");
        assertFails("--api is «nowhere», and must be an address as http://127.0.0.1:8080.", "list", "--api", "nowhere");
    }

    private void assertFails(String sentence, String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        assertThat(run(all.toArray(String[]::new))).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(sentence);
    }

    private String create(String... options) {
        List<String> arguments = new ArrayList<>(List.of("keys", "create"));
        arguments.addAll(List.of(options));
        assertThat(run(arguments.toArray(String[]::new))).isZero();
        String key = out.toString().lines().findFirst().orElseThrow();
        assertThat(key).matches("vk_[A-Za-z0-9_-]{43}");
        assertThat(out.toString()).contains("only time that the whole key is shown");
        return key;
    }

    private String row(String prefix) {
        assertThat(run("keys", "list")).isZero();
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Main.commandLine(
                Map.of("MUSTER_QUERY_PORT", String.valueOf(muster.api().getPort())), data);
        return command.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<URI> collectors() {
        return List.of(muster.collector(), address(second.port()));
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private HttpResponse<String> send(URI collector, String key, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(collector.resolve("/v1/events"))
                .header("Authorization", "Bearer " + key)
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** Everything in every topic, decompressed, changelogs too. */
    private List<String> topics() {
        Map<String, Object> config = Map.of("bootstrap.servers", muster.bootstrapServers());
        List<String> texts = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(200));
                for (ConsumerRecord<byte[], byte[]> entry : records) {
                    texts.add(text(entry.key()) + text(entry.value()));
                }
            }
        }
        return texts;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    /** Every file of the data folder, byte by byte: logs, segments, stores. */
    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).map(KeysTest::content).toList();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException e) {
            // Kafka or RocksDB has just removed it.
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
