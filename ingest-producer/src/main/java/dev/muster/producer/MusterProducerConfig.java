/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How a {@link MusterProducer} is set up.
 *
 * @param bootstrap Kafka's addresses, host:port, divided by commas
 * @param registry the schema registry; without one, records are written in Avro's single-object encoding
 * @param bufferBytes how many bytes of events may be under way, 128 KiB to 1 GiB
 * @param maxWait how long {@link MusterProducer#send} may wait for room in the buffer; zero to be told at once
 * @param deliveryTimeout how long an event may wait for Kafka and the registry to be there, and then take until it is
 *     durable or fails; a second to an hour
 * @param kafka more settings for Kafka's client, as for its security; those that keep events safe and in their place are
 *     fixed
 */
public record MusterProducerConfig(
        String bootstrap,
        Optional<RegistryConfig> registry,
        int bufferBytes,
        Duration maxWait,
        Duration deliveryTimeout,
        Map<String, Object> kafka) {

    private static final int KIBIBYTE = 1024;
    private static final int MIN_BUFFER = 128 * KIBIBYTE;
    private static final int MAX_BUFFER = KIBIBYTE * KIBIBYTE * KIBIBYTE;
    private static final int DEFAULT_BUFFER = 32 * KIBIBYTE * KIBIBYTE;
    private static final int BATCH_BYTES = 64 * KIBIBYTE;
    private static final int LINGER_MILLIS = 5;
    private static final long NEVER_IDLE_MILLIS = Duration.ofDays(365).toMillis();

    /** The longest that the producer's thread waits for Kafka at a time. */
    private static final int MAX_BLOCK_MILLIS = 1000;

    private static final Set<String> FIXED = Set.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.RETRIES_CONFIG,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG,
            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its bounds or fixed
     */
    public MusterProducerConfig {
        kafka = Map.copyOf(kafka);
        require(!bootstrap.isBlank(), "bootstrap is empty, and must be Kafka's addresses, host:port");
        require(
                bufferBytes >= MIN_BUFFER && bufferBytes <= MAX_BUFFER,
                "bufferBytes is " + bufferBytes + ", and must be from " + MIN_BUFFER + " to " + MAX_BUFFER);
        require(!maxWait.isNegative(), "maxWait is " + maxWait + ", and must not be negative");
        require(
                deliveryTimeout.compareTo(Duration.ofSeconds(1)) >= 0
                        && deliveryTimeout.compareTo(Duration.ofHours(1)) <= 0,
                "deliveryTimeout is " + deliveryTimeout + ", and must be from a second to an hour");
        for (String name : kafka.keySet()) {
            require(!FIXED.contains(name), name + " cannot be set: it keeps events safe and in their place");
        }
    }

    /** A producer without a registry: 32 MiB of buffer, never waiting, two minutes for an event. */
    public static MusterProducerConfig of(String bootstrap) {
        return new MusterProducerConfig(
                bootstrap, Optional.empty(), DEFAULT_BUFFER, Duration.ZERO, Duration.ofMinutes(2), Map.of());
    }

    /**
     * The same with a schema registry.
     *
     * @param urls its addresses, divided by commas
     * @throws InvalidSettingException if an address is none
     */
    public MusterProducerConfig withRegistry(String urls) {
        return withRegistry(RegistryConfig.of(urls, Optional.empty()));
    }

    /** The same with a schema registry. */
    public MusterProducerConfig withRegistry(RegistryConfig other) {
        return new MusterProducerConfig(bootstrap, Optional.of(other), bufferBytes, maxWait, deliveryTimeout, kafka);
    }

    /** The same with another bound of what may be under way. */
    public MusterProducerConfig withBufferBytes(int other) {
        return new MusterProducerConfig(bootstrap, registry, other, maxWait, deliveryTimeout, kafka);
    }

    /** The same with another wait for room in the buffer. */
    public MusterProducerConfig withMaxWait(Duration other) {
        return new MusterProducerConfig(bootstrap, registry, bufferBytes, other, deliveryTimeout, kafka);
    }

    /** The same with another bound of an event's time. */
    public MusterProducerConfig withDeliveryTimeout(Duration other) {
        return new MusterProducerConfig(bootstrap, registry, bufferBytes, maxWait, other, kafka);
    }

    /** The same with other settings for Kafka's client. */
    public MusterProducerConfig withKafka(Map<String, Object> other) {
        return new MusterProducerConfig(bootstrap, registry, bufferBytes, maxWait, deliveryTimeout, other);
    }

    /** Tells nothing of Kafka's settings but their names: a password may be among them. */
    @Override
    public String toString() {
        return "MusterProducerConfig[" + bootstrap + ", " + registry + ", " + bufferBytes + " bytes, wait " + maxWait
                + ", deliver within " + deliveryTimeout + ", " + kafka.keySet() + "]";
    }

    /** What Kafka's client is told. */
    Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, "muster-producer");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) Math.min(30_000, timeoutMillis() / 2));
        properties.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, NEVER_IDLE_MILLIS);
        properties.putAll(kafka);
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) timeoutMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        // Never the narrower of the two bounds: batches take more than their events.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * bufferBytes);
        return properties;
    }

    private long timeoutMillis() {
        return deliveryTimeout.toMillis();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise + ".");
        }
    }
}
