/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that are not where they should be, or not what they should be. */
class RekeyTest {

    private static final int PARTITIONS = 2;

    private final Path dir;

    private final SingleObjectFormat format = new SingleObjectFormat();

    RekeyTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @Test
    void records_in_the_wrong_partition_count_in_the_right_one_with_their_append_time() throws Exception {
        Fleet fleet = new Fleet(8);
        List<HookEvent> events = fleet.turns(0, 3);
        try (Broker broker = Broker.withTopics(PARTITIONS);
                Instance instance = Instance.start(broker.bootstrap(), dir, PARTITIONS)) {
            int partition = 0;
            for (HookEvent event : events) {
                broker.send(partition++ % PARTITIONS, "a producer's own".getBytes(UTF_8), format.write(event));
            }
            Answers all = Answers.expected(fleet, events);
            Waiting.until(
                    "all of them",
                    () -> instance.answers(fleet.start()).filter(all::equals).isPresent());

            Waiting.until("the commit", broker::isCommitted);
            Set<String> sent = broker.read(Topics.HOOK_EVENTS).stream()
                    .map(RekeyTest::valueAndTime)
                    .collect(Collectors.toSet());
            List<ConsumerRecord<byte[], byte[]>> sentOn = broker.read(Topics.REKEY);
            assertThat(sentOn).isNotEmpty().hasSizeLessThan(events.size());
            assertThat(sentOn).allSatisfy(record -> assertThat(sent).contains(valueAndTime(record)));
        }
    }

    private static String valueAndTime(ConsumerRecord<byte[], byte[]> record) {
        return HexFormat.of().formatHex(record.value()) + " at " + record.timestamp();
    }

    @Test
    void records_that_cannot_be_read_are_kept_as_they_came_and_the_rest_counts() throws Exception {
        Fleet fleet = new Fleet(2);
        try (Broker broker = Broker.withTopics(PARTITIONS);
                Instance instance = Instance.start(broker.bootstrap(), dir, PARTITIONS)) {
            broker.send(fleet.turn(0));
            broker.send(1, null, "{\"no\": \"event\"}".getBytes(UTF_8));
            broker.send(1, null, new byte[0]);
            broker.send(fleet.turn(1));
            Waiting.until("the commit", () -> instance.isRunning() && broker.isCommitted());

            List<ConsumerRecord<byte[], byte[]>> letters = broker.read(Topics.DEAD_LETTERS);
            assertThat(letters)
                    .extracting(letter -> new String(letter.value(), UTF_8))
                    .containsExactly("{\"no\": \"event\"}", "");
            assertThat(header(letters.get(0), "muster.reason")).contains("no wire format");
            assertThat(header(letters.get(0), "muster.topic")).isEqualTo(Topics.HOOK_EVENTS);
            assertThat(header(letters.get(0), "muster.partition")).isEqualTo("1");
            assertThat(instance.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 2)));
        }
    }

    @Test
    void a_record_as_large_as_kafka_takes_is_a_dead_letter_and_stops_nothing() throws Exception {
        Fleet fleet = new Fleet(1);
        byte[] large = new byte[1024 * 1024 - 100];
        try (Broker broker = Broker.withTopics(PARTITIONS);
                Instance instance = Instance.start(broker.bootstrap(), dir, PARTITIONS)) {
            broker.send(1, null, large);
            broker.send(fleet.turn(0));
            Waiting.until("the commit", () -> instance.isRunning() && broker.isCommitted());

            List<ConsumerRecord<byte[], byte[]>> letters = broker.read(Topics.DEAD_LETTERS);
            assertThat(letters).hasSize(1);
            assertThat(letters.get(0).value()).hasSizeLessThan(large.length);
            assertThat(header(letters.get(0), "muster.size")).isEqualTo(Integer.toString(large.length));
            assertThat(instance.answers(fleet.start())).hasValue(Answers.expected(fleet, fleet.turns(0, 1)));
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
