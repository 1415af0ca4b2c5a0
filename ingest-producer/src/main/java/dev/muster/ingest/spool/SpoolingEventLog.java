/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.EventLog;
import dev.muster.ingest.kafka.EventRecord;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.schemas.avro.HookEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event log that writes to Kafka, and to a spool on disk while Kafka does not acknowledge events.
 *
 * <p>An event is durable in either of them. While the spool holds records, new ones are added behind them, so that
 * their order is kept.
 */
public final class SpoolingEventLog implements EventLog, MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolingEventLog.class);

    private final KafkaEventLog kafka;
    private final Spool spool;
    private final DeliveryGate gate;
    private final SpoolReplayer replayer;
    private final InstantSource clock;

    /**
     * Opens the spool, and starts to send what an earlier collector left in it.
     *
     * @param kafka the log of Kafka's topic, which this object closes
     * @param config the settings; the spool is not turned off
     * @param sendTimeout how long Kafka may take for a batch of the spool, and how long closing may go on sending
     * @param clock tells how old a record of the spool is
     * @throws dev.muster.schemas.settings.InvalidSettingException if the folder cannot be used, another collector has
     *     it, or it is damaged; the message is one sentence
     */
    public SpoolingEventLog(KafkaEventLog kafka, SpoolConfig config, Duration sendTimeout, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
        spool = new Spool(config.folder(), config.maxBytes(), clock);
        gate = new DeliveryGate(
                kafka::sendAll,
                spool::add,
                config.timeout(),
                reason -> LOG.warn("Events go to the spool in {} until Kafka takes them: {}.", spool.folder(), reason));
        replayer = new SpoolReplayer(kafka, spool, gate, config.timeout(), sendTimeout);
        replayer.start();
    }

    @Override
    public CompletableFuture<Void> append(List<HookEvent> events) {
        return gate.append(events.stream().map(EventRecord::of).toList());
    }

    @Override
    public boolean connected() {
        return kafka.connected();
    }

    @Override
    public Optional<String> refusesBecause() {
        return spool.counts().refusing() && !gate.isDirect()
                ? Optional.of("Kafka does not take events, and the spool in " + spool.folder()
                        + " is full or cannot be written.")
                : Optional.empty();
    }

    @Override
    public Optional<String> note() {
        return gate.isDirect()
                ? Optional.empty()
                : Optional.of("Events are kept in the spool in " + spool.folder() + ", where "
                        + spool.counts().records() + " wait, until Kafka takes them.");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        SpoolMetrics.register(registry, spool.counts(), clock);
    }

    /** Sends what it can within the send timeout; the rest stays on disk for the next start. */
    @Override
    public void close() {
        replayer.close();
        gate.spoolAll();
        kafka.close();
        spool.close();
    }
}
