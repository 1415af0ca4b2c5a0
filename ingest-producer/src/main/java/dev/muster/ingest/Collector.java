/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.ingest.http.CollectorServer;
import dev.muster.ingest.http.Health;
import dev.muster.ingest.http.Intake;
import dev.muster.ingest.kafka.EventLog;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.kafka.Producers;
import dev.muster.ingest.spool.SpoolingEventLog;
import dev.muster.schemas.settings.InvalidSettingException;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** A running collector: it listens for events and sends them on to Kafka. */
public final class Collector implements AutoCloseable {

    private final CollectorServer server;
    private final EventLog log;
    private final KafkaClientMetrics clientMetrics;

    private Collector(CollectorServer server, EventLog log, KafkaClientMetrics clientMetrics) {
        this.server = server;
        this.log = log;
        this.clientMetrics = clientMetrics;
    }

    /**
     * Starts a collector. It listens at once. Until it has reached Kafka, and whenever Kafka does not take them, events
     * go to its spool on disk; where that is turned off, they are refused with 503.
     *
     * @param config how it is set up
     * @param clock tells the time of receipt
     * @param registry where its metrics are kept and {@code /metrics} reads them
     * @param notReadyBecause why the path behind it would not carry events, in a sentence; empty when it would
     * @throws InvalidSettingException if the port is taken, Kafka's address is wrong, or the spool is damaged or in use;
     *     the message is one sentence
     */
    public static Collector start(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause) {
        return start(config, clock, registry, notReadyBecause, Producers.create(config.bootstrap(), config.timeout()));
    }

    /** Starts a collector on a producer, which it will close. */
    static Collector start(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause,
            Producer<byte[], byte[]> producer) {
        EventLog log = log(config, clock, registry, producer);
        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer);
        Health health = new Health(
                clock,
                Version.current(),
                () -> log.refusesBecause()
                        .map(reason -> reason + " It is looked for at " + config.bootstrap() + ".")
                        .or(notReadyBecause),
                log::note);
        try {
            CollectorServer server = new CollectorServer(
                    config.host(),
                    config.port(),
                    config.timeout(),
                    new Intake(config.keys(), config.maxBodyBytes(), config.maxBatchBytes(), log, clock, registry),
                    health);
            clientMetrics.bindTo(registry);
            return new Collector(server, log, clientMetrics);
        } catch (RuntimeException e) {
            clientMetrics.close();
            log.close();
            throw e;
        }
    }

    private static EventLog log(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Producer<byte[], byte[]> producer) {
        KafkaEventLog kafka = new KafkaEventLog(producer, config.timeout());
        if (config.spool().maxBytes() == 0) {
            return kafka;
        }
        try {
            SpoolingEventLog log = new SpoolingEventLog(kafka, config.spool(), config.timeout(), clock);
            log.bindTo(registry);
            return log;
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Whether it has reached Kafka and knows the events' topic. */
    public boolean connected() {
        return log.connected();
    }

    /** Takes no more requests, answers those under way, and sends on what was taken. */
    @Override
    public void close() {
        server.close();
        clientMetrics.close();
        log.close();
    }
}
