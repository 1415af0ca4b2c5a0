/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.server.kafka.KafkaAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer that events go through: idempotent, acknowledged by all in-sync replicas, lz4, in small batches. */
public final class Producers {

    /** Long enough for a batch to gather under load, too short for an agent to notice. */
    private static final int LINGER_MILLIS = 2;

    private static final int BATCH_BYTES = 64 * 1024;

    /** A full buffer refuses after this long, rather than hold the threads that answer. */
    private static final int MAX_BLOCK_MILLIS = 250;

    /** A producer forgets an idle topic after five minutes, and its next sender would wait; this is longer. */
    private static final long NEVER_IDLE_MILLIS = Duration.ofDays(365).toMillis();

    private Producers() {}

    /**
     * Makes a producer, which reaches out for Kafka by and by.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @param bound how long a record may take until it is acknowledged or fails
     * @param cluster learns which cluster it is
     * @throws InvalidSettingException if no address can be made out
     */
    public static Producer<byte[], byte[]> create(String bootstrap, Duration bound, ClusterId cluster) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "muster-collector");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        config.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER_IDLE_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) bound.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) bound.toMillis() / 2);
        return KafkaAddress.client(
                bootstrap, "producer", () -> new KafkaProducer<>(config, new ByteArraySerializer(), cluster));
    }
}
