/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.table.Rows;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a small compacted topic from its beginning and then whatever is added to it, on a thread of its own, for as long
 * as it is open. Every follower reads all partitions: it belongs to no group and commits nothing. While Kafka is away, or
 * the topic is not there yet, it goes on trying.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final long CLOSE_MILLIS = 2000;

    /** A broker that is back is found within a second. */
    private static final int RECONNECT_MILLIS = 1000;

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Rows rows;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<TopicPartition, Long> firstEnds = new HashMap<>();
    private boolean complete;
    private boolean failing;

    private TopicFollower(Consumer<byte[], byte[]> consumer, String topic, Rows rows, String name) {
        this.consumer = consumer;
        this.topic = topic;
        this.rows = rows;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Begins to follow.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @param topic the topic, which need not be there yet
     * @param name the thread's and the client's name
     * @param rows told of every row
     * @throws InvalidSettingException if no address can be made out
     */
    public static TopicFollower start(String bootstrap, String topic, String name, Rows rows) {
        TopicFollower follower = new TopicFollower(consumer(bootstrap, name), topic, rows, name);
        follower.thread.start();
        return follower;
    }

    /** Follows no longer; no row is told once this has returned. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                follow();
            }
        } finally {
            consumer.close(CloseOptions.timeout(Duration.ofMillis(CLOSE_MILLIS / 2)));
        }
    }

    private void follow() {
        try {
            if (firstEnds.isEmpty()) {
                begin();
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            records.forEach(this::apply);
            if (!complete && isComplete()) {
                complete = true;
                rows.complete();
            }
            failing = false;
        } catch (WakeupException e) {
            LOG.debug("{} is followed no longer.", topic);
        } catch (KafkaException e) {
            if (!failing) {
                LOG.warn("The topic {} cannot be read, and is tried on: {}", topic, e.getMessage());
                failing = true;
            }
            pause();
        }
    }

    private void begin() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic, LOOK_UP).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new KafkaException("there is no such topic");
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LOOK_UP);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        firstEnds.putAll(ends);
    }

    private boolean isComplete() {
        return firstEnds.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void apply(ConsumerRecord<byte[], byte[]> entry) {
        if (entry.key() == null || closing.getCount() == 0) {
            return;
        }
        String key = new String(entry.key(), UTF_8);
        try {
            if (entry.value() == null) {
                rows.remove(key);
            } else {
                rows.put(key, entry.value());
            }
        } catch (MalformedRecordException e) {
            LOG.warn("{} has a row that cannot be read, at offset {}: {}", topic, entry.offset(), e.getMessage());
        }
    }

    private void pause() {
        try {
            if (closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("{} is followed no longer.", topic);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    private static Consumer<byte[], byte[]> consumer(String bootstrap, String name) {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MILLIS);
        return KafkaAddress.client(
                bootstrap,
                "consumer",
                () -> new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }
}
