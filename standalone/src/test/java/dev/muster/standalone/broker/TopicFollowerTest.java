/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.Topics;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.table.Rows;
import dev.muster.server.kafka.TopicFollower;
import dev.muster.standalone.host.LoopbackPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compacted topic is followed on a real broker, which comes late, goes away and comes back. */
class TopicFollowerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final int port = LoopbackPorts.free(1).get(0);
    private final String bootstrap = LoopbackPorts.ADDRESS + ":" + port;
    private final Seen seen = new Seen();
    private final List<TopicFollower> followers = new ArrayList<>();

    TopicFollowerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** The rows as texts; one is not to be read. */
    private static final class Seen implements Rows {

        private final Map<String, String> rows = new ConcurrentHashMap<>();
        private volatile @Nullable Map<String, String> whenComplete;

        @Override
        public void put(String key, byte[] value) throws MalformedRecordException {
            String text = new String(value, UTF_8);
            if (text.equals("damaged")) {
                throw new MalformedRecordException("it is damaged");
            }
            rows.put(key, text);
        }

        @Override
        public void remove(String key) {
            rows.remove(key);
        }

        @Override
        public void complete() {
            whenComplete = Map.copyOf(rows);
        }

        boolean isComplete() {
            return whenComplete != null;
        }
    }

    @AfterEach
    void close() {
        followers.forEach(TopicFollower::close);
    }

    @Test
    void followsThroughABrokersAbsence() throws Exception {
        follow();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
            StandaloneTopics.ensure(broker.bootstrapServers());
            await().atMost(TIMEOUT).until(seen::isComplete);
            assertThat(seen.rows).isEmpty();
            write("a", "1", "b", "1", "a", "2", "c", "damaged", "d", "1", "d", null);
            await().atMost(TIMEOUT).until(() -> seen.rows.equals(Map.of("a", "2", "b", "1")));
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo(bootstrap);
            write("e", "1");
            await().atMost(TIMEOUT).until(() -> seen.rows.equals(Map.of("a", "2", "b", "1", "e", "1")));
        }
    }

    @Test
    void isCompleteOnlyWithEverythingThatWasThere() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, port)) {
            StandaloneTopics.ensure(broker.bootstrapServers());
            write("a", "1", "b", "1", "a", "2");
            follow();
            await().atMost(TIMEOUT).until(seen::isComplete);
            assertThat(seen.whenComplete).isEqualTo(Map.of("a", "2", "b", "1"));
        }
    }

    @Test
    void closesWithoutABroker() {
        follow();
        await().atMost(TIMEOUT).until(() -> threads() == 1);
        close();
        assertThat(threads()).isZero();
        assertThat(seen.isComplete()).isFalse();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> TopicFollower.start("nonsense", Topics.API_KEYS, "follower-test", seen))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("MUSTER_KAFKA_BOOTSTRAP is «nonsense», from which no consumer can be made: ");
    }

    private void follow() {
        followers.add(TopicFollower.start(bootstrap, Topics.API_KEYS, "follower-test", seen));
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("follower-test"))
                .count();
    }

    private void write(@Nullable String... keysAndValues) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < keysAndValues.length; i += 2) {
                producer.send(new ProducerRecord<>(
                                Topics.API_KEYS, bytes(keysAndValues[i]), bytes(keysAndValues[i + 1])))
                        .get();
            }
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
