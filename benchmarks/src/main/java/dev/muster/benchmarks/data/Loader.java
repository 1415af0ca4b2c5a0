/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends a data set to the topic of events, keyed, encoded and compressed as the collector does. */
public final class Loader {

    /** The account of all events. */
    public static final String ACCOUNT = SessionScript.ACCOUNT;

    private static final int BATCH_BYTES = 64 << 10;
    private static final int LINGER_MS = 5;

    private Loader() {}

    /**
     * Sends all of it, and returns when the broker has acknowledged everything.
     *
     * @throws IllegalStateException if the broker refuses a record
     */
    public static Loaded load(String bootstrap, DataSet data, Instant now) {
        SingleObjectFormat format = new SingleObjectFormat();
        EventStream events = data.stream(now);
        AtomicReference<Exception> refused = new AtomicReference<>();
        long records = 0;
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap)) {
            while (events.hasNext()) {
                HookEvent event = events.next();
                byte[] key = RecordKey.ofSession(ACCOUNT, Objects.requireNonNull(event.getSessionId()))
                        .toBytes();
                byte[] value = format.write(event);
                send(producer, new ProducerRecord<>(Topics.HOOK_EVENTS, key, value), refused);
                records++;
                bytes += value.length;
            }
        }
        Exception failure = refused.get();
        if (failure != null) {
            throw new IllegalStateException("the broker has refused an event of the data set " + data.name(), failure);
        }
        return new Loaded(data.name(), records, records - events.repeats(), data.sessions(), bytes);
    }

    // What is refused is heard of in the callback.
    @SuppressWarnings("FutureReturnValueIgnored")
    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record,
            AtomicReference<Exception> refused) {
        producer.send(record, (metadata, failure) -> {
            if (failure != null) {
                refused.compareAndSet(null, failure);
            }
        });
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
