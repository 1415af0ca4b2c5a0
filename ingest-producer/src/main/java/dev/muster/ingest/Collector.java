/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.ingest.auth.IssuedKeys;
import dev.muster.ingest.auth.Senders;
import dev.muster.ingest.control.Controls;
import dev.muster.ingest.control.FollowedControls;
import dev.muster.ingest.control.Gate;
import dev.muster.ingest.http.CollectorServer;
import dev.muster.ingest.http.IngestServices;
import dev.muster.ingest.kafka.ClusterId;
import dev.muster.ingest.kafka.EventLog;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.kafka.Producers;
import dev.muster.ingest.limit.RateLimiter;
import dev.muster.ingest.source.OrderedCopies;
import dev.muster.ingest.spool.SpoolingEventLog;
import dev.muster.schemas.Topics;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.server.http.Health;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/** A running collector: it listens for events and sends them on to Kafka. */
public final class Collector implements AutoCloseable {

    private static final String KEYS_UNREAD = "The API keys have not been read from " + Topics.API_KEYS + " yet.";
    private static final String COMMANDS_UNREAD = "What was commanded of agents has not been read from "
            + Topics.AGENT_COMMANDS + " yet: until then paused and deleted ones are like others.";

    private final CollectorServer server;
    private final EventLog log;
    private final Senders senders;
    private final Controls controls;
    private final KafkaClientMetrics clientMetrics;

    private Collector(
            CollectorServer server,
            EventLog log,
            Senders senders,
            Controls controls,
            KafkaClientMetrics clientMetrics) {
        this.server = server;
        this.log = log;
        this.senders = senders;
        this.controls = controls;
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
     * @throws InvalidSettingException if the port is taken, Kafka's address is wrong, the schema registry refuses the events'
     *     schema, or the spool is damaged or in use; the message is one sentence
     */
    public static Collector start(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause) {
        ClusterId cluster = new ClusterId();
        Producer<byte[], byte[]> producer = Producers.create(config.bootstrap(), config.timeout(), cluster);
        IssuedKeys senders = IssuedKeys.follow(config.keys(), config.bootstrap(), producer, clock);
        Controls controls = FollowedControls.follow(config.bootstrap());
        return start(config, clock, registry, notReadyBecause, producer, cluster, senders, controls);
    }

    /** Starts a collector on parts that are there already, all of which it will close. */
    static Collector start(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause,
            Producer<byte[], byte[]> producer,
            Senders senders,
            Controls controls) {
        return start(config, clock, registry, notReadyBecause, producer, new ClusterId(), senders, controls);
    }

    private static Collector start(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Supplier<Optional<String>> notReadyBecause,
            Producer<byte[], byte[]> producer,
            ClusterId cluster,
            Senders senders,
            Controls controls) {
        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer);
        AutoCloseable last = () -> producer.close(Duration.ZERO);
        try {
            EventLog log = log(config, clock, registry, producer);
            last = log;
            Health health = new Health(
                    "muster-collector",
                    clock,
                    clock.instant(),
                    cluster::get,
                    () -> log.refusesBecause()
                            .map(reason -> reason + " It is looked for at " + config.bootstrap() + ".")
                            .or(() -> senders.complete() ? notReadyBecause.get() : Optional.of(KEYS_UNREAD)),
                    () -> log.note().or(() -> controls.complete() ? Optional.empty() : Optional.of(COMMANDS_UNREAD)));
            CollectorServer server = new CollectorServer(
                    config.host(),
                    config.port(),
                    config.timeout(),
                    new IngestServices(
                            senders,
                            new Gate(controls),
                            new RateLimiter(config.rateLimit(), clock),
                            config.naming(),
                            FingerprintKey.fingerprints(config),
                            new OrderedCopies(),
                            config.privacy(),
                            config.retention(),
                            config.maxBodyBytes(),
                            config.maxBatchBytes(),
                            config.bodyTimeout(),
                            log,
                            clock,
                            registry),
                    health);
            clientMetrics.bindTo(registry);
            return new Collector(server, log, senders, controls, clientMetrics);
        } catch (RuntimeException e) {
            senders.close();
            controls.close();
            clientMetrics.close();
            close(last, e);
            throw e;
        }
    }

    /** The log. If it cannot be made, the producer is left for the caller to close; closing it again is harmless. */
    private static EventLog log(
            CollectorConfig config,
            InstantSource clock,
            PrometheusMeterRegistry registry,
            Producer<byte[], byte[]> producer) {
        KafkaEventLog kafka = new KafkaEventLog(producer, Framing.of(config.registry()), config.timeout());
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

    private static void close(AutoCloseable part, RuntimeException failure) {
        try {
            part.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Whether it has reached Kafka, knows the events' topic, and has read the issued keys and the agents' commands. */
    public boolean connected() {
        return log.connected() && senders.complete() && controls.complete();
    }

    /** Takes no more requests, answers those under way, and sends on what was taken. */
    @Override
    public void close() {
        server.close();
        senders.close();
        controls.close();
        clientMetrics.close();
        log.close();
    }
}
