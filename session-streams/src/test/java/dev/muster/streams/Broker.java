/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in this process, a client that writes events to it, and a look at what is in it. */
final class Broker implements AutoCloseable {

    private final BrokerServer kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final SingleObjectFormat format = new SingleObjectFormat();

    private Broker(BrokerServer kafka) {
        this.kafka = kafka;
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A broker without topics. */
    static Broker start() throws Exception {
        return new Broker(BrokerServer.start());
    }

    /** A broker with the topics that the topology needs. */
    static Broker withTopics(int partitions) throws Exception {
        Broker broker = start();
        broker.create(Topics.HOOK_EVENTS, partitions, "LogAppendTime");
        broker.create(Topics.REKEY, partitions, "CreateTime");
        broker.create(Topics.SESSION_COMMANDS, partitions, "LogAppendTime");
        broker.create(Topics.AGENT_COMMANDS, partitions, "LogAppendTime");
        broker.create(Topics.DEAD_LETTERS, 1, "CreateTime");
        return broker;
    }

    void create(String topic, int partitions, String timestamps) throws Exception {
        NewTopic asked = new NewTopic(topic, partitions, (short) 1)
                .configs(Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, timestamps));
        admin.createTopics(List.of(asked)).all().get();
        // Only a partition's leader answers this, when it leads: before that a producer's first batch may fail for
        // good.
        Map<TopicPartition, OffsetSpec> all = new HashMap<>();
        for (int i = 0; i < partitions; i++) {
            all.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        Waiting.until("the leaders of " + topic, () -> leads(all));
    }

    private boolean leads(Map<TopicPartition, OffsetSpec> partitions) throws InterruptedException {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw new IllegalStateException("the topic cannot be looked up", e);
        }
    }

    String bootstrap() {
        return kafka.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    /** Writes events under their own keys and waits until they are in. */
    void send(Collection<HookEvent> events) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (HookEvent event : events) {
            byte[] key = RecordKey.of(event).toBytes();
            sent.add(producer.send(new ProducerRecord<>(Topics.HOOK_EVENTS, key, format.write(event))));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** Writes a record to a partition of the events. */
    void send(int partition, byte @Nullable [] key, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.HOOK_EVENTS, partition, key, value))
                .get();
    }

    /** Whether the topology has committed every event that was sent. */
    boolean isCommitted() {
        try {
            Map<TopicPartition, Long> committed = new HashMap<>();
            admin.listConsumerGroupOffsets(StreamsProperties.APPLICATION_ID)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) -> {
                        if (offset != null) {
                            committed.put(partition, offset.offset());
                        }
                    });
            return ends(Topics.HOOK_EVENTS).entrySet().stream()
                    .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the offsets cannot be read", e);
        }
    }

    private Map<TopicPartition, Long> ends(String topic) throws ExecutionException, InterruptedException {
        int partitions = Objects.requireNonNull(admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic))
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        IntStream.range(0, partitions).forEach(i -> latest.put(new TopicPartition(topic, i), OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    /** All records of a topic that are committed by now. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) throws Exception {
        Map<String, Object> properties = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Collection<TopicPartition> partitions = ends(topic).keySet();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> stable = consumer.endOffsets(partitions);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (stable.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        try {
            kafka.close();
        } catch (IOException e) {
            throw new IllegalStateException("the broker did not end", e);
        }
    }
}
