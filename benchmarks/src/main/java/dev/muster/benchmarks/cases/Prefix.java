/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The first records of the events, copied to a topic of the pass's own before its time begins: so a case that is too slow
 * for all of them reads exactly as many as it says, and nothing stands in its way that would cost time. Each partition gives
 * the same share of its records.
 */
final class Prefix {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration WITHIN = Duration.ofMinutes(2);
    // As the loader's.
    private static final int BATCH_BYTES = 64 << 10;
    private static final int LINGER_MS = 5;

    private Prefix() {}

    /** As many of the first records, or all if there are no more. */
    static Input of(Workload workload, long max) {
        Input all = Input.all(workload);
        if (all.records() <= max) {
            return all;
        }
        Input prefix = new Input(workload.id() + "-prefix", max);
        try (KafkaConsumer<byte[], byte[]> consumer = PollDecode.consumer(workload.bootstrap());
                KafkaProducer<byte[], byte[]> producer = producer(workload.bootstrap())) {
            consumer.assign(consumer.partitionsFor(all.topic()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList());
            create(prefix.topic(), consumer.assignment().size(), workload.bootstrap());
            copy(consumer, producer, ends(consumer, max), prefix);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker has refused " + prefix.topic(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + prefix.topic() + " was filled", e);
        }
        return prefix;
    }

    private static void create(String topic, int partitions, String bootstrap)
            throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            NewTopic created = new NewTopic(topic, Optional.of(partitions), Optional.empty());
            admin.createTopics(List.of(created)).all().get();
        }
    }

    /** Where the copying ends: the same share of each partition, in whole numbers that add up. */
    private static Map<TopicPartition, Long> ends(KafkaConsumer<byte[], byte[]> consumer, long max) {
        Map<TopicPartition, Long> all = consumer.endOffsets(consumer.assignment());
        long left = all.values().stream().mapToLong(Long::longValue).sum();
        long wanted = max;
        Map<TopicPartition, Long> ends = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> partition : all.entrySet()) {
            long share = left == 0 ? 0 : wanted * partition.getValue() / left;
            ends.put(partition.getKey(), share);
            wanted -= share;
            left -= partition.getValue();
        }
        return ends;
    }

    private static void copy(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaProducer<byte[], byte[]> producer,
            Map<TopicPartition, Long> ends,
            Input prefix)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        while (sent.size() < prefix.records()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition from = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(from, 0L)) {
                    sent.add(producer.send(
                            new ProducerRecord<>(prefix.topic(), record.partition(), record.key(), record.value())));
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("copied only " + sent.size() + " records within " + WITHIN);
            }
        }
        producer.flush();
        for (Future<RecordMetadata> acknowledged : sent) {
            acknowledged.get();
        }
    }

    /** With one request at a time: a new partition may refuse the first and take the second, and then the first fails. */
    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
