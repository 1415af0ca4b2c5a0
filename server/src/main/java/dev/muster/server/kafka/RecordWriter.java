/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.kafka;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes records one by one, idempotently; a record counts as written when all in-sync replicas have it. For any threads. */
public final class RecordWriter implements AutoCloseable {

    /** Who changes something waits so long for Kafka, twice at most. */
    private static final int TIMEOUT_MILLIS = 5000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;

    /** Writes by a producer, which is closed with this. */
    public RecordWriter(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Opens a writer, which reaches out for Kafka by and by.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @throws InvalidSettingException if no address can be made out
     */
    public static RecordWriter open(String bootstrap) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "muster-api");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        return new RecordWriter(KafkaAddress.client(
                bootstrap,
                "producer",
                () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())));
    }

    /**
     * Writes a record into the partition that its key decides, and waits until it is acknowledged.
     *
     * @param what the change that it tells of, as in «Kafka did not take the change of the key»
     * @return the record's time: when it was appended, on a topic that keeps append times
     * @throws UnavailableException if Kafka does not acknowledge it in time; it may be there nevertheless
     */
    public Instant write(String topic, byte[] key, byte[] value, String what) {
        return write(() -> new ProducerRecord<>(topic, key, value), what);
    }

    /** Writes a record into the partition that other bytes than its key decide, as the key would; else as above. */
    public Instant write(String topic, byte[] partitionBytes, byte[] key, byte[] value, String what) {
        return write(
                () -> {
                    int partitions = producer.partitionsFor(topic).size();
                    int partition = RecordKey.partition(partitionBytes, partitions);
                    return new ProducerRecord<>(topic, partition, key, value);
                },
                what);
    }

    private Instant write(Supplier<ProducerRecord<byte[], byte[]>> record, String what) {
        try {
            return Instant.ofEpochMilli(producer.send(record.get()).get().timestamp());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The service is stopping.", e);
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            throw new UnavailableException("Kafka did not take " + what + "; try again.", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
