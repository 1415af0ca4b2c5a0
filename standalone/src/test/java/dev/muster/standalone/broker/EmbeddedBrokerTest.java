/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.Topics;
import dev.muster.standalone.host.LoopbackPorts;
import dev.muster.standalone.host.StartRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private final Path folder;

    EmbeddedBrokerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void keepsRecordsAndPortAcrossARestart() throws Exception {
        String address;
        try (EmbeddedBroker broker = start()) {
            address = broker.bootstrapServers();
            StandaloneTopics.ensure(broker.bootstrapServers());
            append(broker, "first", "second");
        }
        try (EmbeddedBroker broker = start()) {
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            StandaloneTopics.ensure(broker.bootstrapServers());
            append(broker, "third");
            assertThat(everyValue(broker)).containsExactlyInAnyOrder("first", "second", "third");
        }
    }

    @Test
    void makesTheTopicsAsTheyAreMeant() throws Exception {
        try (EmbeddedBroker broker = start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            StandaloneTopics.ensure(broker.bootstrapServers());
            Map<String, Integer> expected = Map.of(
                    Topics.HOOK_EVENTS, 6,
                    Topics.REKEY, 6,
                    Topics.DEAD_LETTERS, 1,
                    Topics.API_KEYS, 1,
                    Topics.SESSION_COMMANDS, 6,
                    Topics.AGENT_COMMANDS, 6);
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(expected.keySet())
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) ->
                            partitions.put(name, topic.partitions().size()));
            assertThat(partitions).isEqualTo(expected);
            Config settings = settings(admin, Topics.HOOK_EVENTS);
            assertThat(settings.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
            assertThat(settings.get("retention.ms").value())
                    .isEqualTo(String.valueOf(Duration.ofDays(30).toMillis()));
            assertThat(settings(admin, Topics.API_KEYS).get("cleanup.policy").value())
                    .isEqualTo("compact");
            for (String commands : List.of(Topics.SESSION_COMMANDS, Topics.AGENT_COMMANDS)) {
                Config compacted = settings(admin, commands);
                assertThat(compacted.get("cleanup.policy").value()).isEqualTo("compact");
                assertThat(compacted.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
                assertThat(compacted.get("min.compaction.lag.ms").value())
                        .isEqualTo(String.valueOf(Duration.ofDays(7).toMillis()));
            }
        }
    }

    private static Config settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .values()
                .iterator()
                .next();
    }

    @Test
    void takesAnotherPortWhenTheLastOneIsTaken() throws Exception {
        int port = LoopbackPorts.free(1).get(0);
        EmbeddedBroker.start(folder, port).close();
        assertThat(EmbeddedBroker.choosePort(folder, OptionalInt.empty())).isEqualTo(port);
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(EmbeddedBroker.choosePort(folder, OptionalInt.empty())).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void listensOnThePortThatIsGiven() {
        int port = LoopbackPorts.free(1).get(0);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(LoopbackPorts.isFree(port)).isFalse();
        }
    }

    @Test
    void refusesAFolderWhoseIdentityIsGarbage() throws IOException {
        Files.write(folder.resolve("meta.properties"), new byte[] {0, -1, 7, 10, 61, 92, 117});
        assertRefused();
    }

    @Test
    void refusesAFolderThatHoldsSomethingElse() throws IOException {
        Files.createDirectory(folder.resolve("muster.hook-events-0"));
        assertRefused();
    }

    @Test
    void formatsAgainWhatAKilledFormatLeft() throws IOException {
        Path unfinished = folder.resolve("kafka.unfinished");
        Files.createDirectory(unfinished);
        Files.writeString(unfinished.resolve("meta.properties"), "half");
        EmbeddedBroker.start(folder.resolve("kafka"), LoopbackPorts.free(1).get(0))
                .close();
        assertThat(unfinished).doesNotExist();
    }

    private EmbeddedBroker start() {
        return EmbeddedBroker.start(folder, EmbeddedBroker.choosePort(folder, OptionalInt.empty()));
    }

    private void assertRefused() {
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageStartingWith("The broker's folder " + folder + " is damaged")
                .hasMessageNotContaining("\n");
    }

    private static void append(EmbeddedBroker broker, String... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(Topics.HOOK_EVENTS, value.getBytes(UTF_8), value.getBytes(UTF_8)))
                        .get();
            }
        }
    }

    private static List<String> everyValue(EmbeddedBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, StandaloneTopics.EVENT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.HOOK_EVENTS, partition))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
                    values.add(new String(record.value(), UTF_8));
                }
            }
            return values;
        }
    }
}
