/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events to their topic, keyed, encoded and compressed as the collector does. */
final class EventSender implements AutoCloseable {

    private static final int BATCH_BYTES = 64 << 10;
    private static final int LINGER_MS = 5;

    private final SingleObjectFormat format = new SingleObjectFormat();
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private long bytes;

    EventSender(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    // What is refused is heard of in the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    void send(HookEvent event) {
        byte[] key = RecordKey.ofSession(SessionEvents.ACCOUNT, Objects.requireNonNull(event.getSessionId()))
                .toBytes();
        byte[] value = format.write(event);
        bytes += value.length;
        producer.send(new ProducerRecord<>(Topics.HOOK_EVENTS, key, value), (metadata, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
    }

    /** The values' bytes so far, uncompressed. */
    long bytes() {
        return bytes;
    }

    /**
     * Returns when the broker has acknowledged everything.
     *
     * @throws IllegalStateException if it has refused a record
     */
    @Override
    public void close() {
        producer.close();
        Exception failure = refused.get();
        if (failure != null) {
            throw new IllegalStateException("the broker has refused an event", failure);
        }
    }
}
