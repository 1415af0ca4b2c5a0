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

/**
 * Kafka, and a spool on disk for the time in which Kafka takes no events. Either of them makes an event durable. As long
 * as the spool holds anything, what comes goes behind it, so that order is kept.
 */
public final class SpoolingEventLog implements EventLog, MeterBinder {

    private final KafkaEventLog kafka;
    private final Spool spool;
    private final DirectPath path;
    private final Drain drain;
    private final InstantSource clock;

    /**
     * Opens the spool, and begins to send on what an earlier collector left in it.
     *
     * @param kafka a log of this object's own, which it closes
     * @param config where the spool is; its bound is not 0
     * @param bound how long Kafka may take for a record of the spool, and how long closing may go on sending
     * @param clock tells how old a record of the spool is
     * @throws dev.muster.schemas.settings.InvalidSettingException if the folder cannot be used, another collector has
     *     it, or it is damaged; the message is one sentence
     */
    public SpoolingEventLog(KafkaEventLog kafka, SpoolConfig config, Duration bound, InstantSource clock) {
        this.kafka = kafka;
        this.clock = clock;
        spool = new Spool(config.folder(), config.maxBytes(), clock);
        path = new DirectPath(kafka, spool, config.patience());
        drain = new Drain(kafka, spool, path, config.patience(), bound);
        drain.start();
    }

    @Override
    public CompletableFuture<Void> append(List<HookEvent> events) {
        return path.append(events.stream().map(EventRecord::of).toList());
    }

    @Override
    public boolean connected() {
        return kafka.connected();
    }

    @Override
    public Optional<String> refusesBecause() {
        return spool.counts().refusing() && !path.open()
                ? Optional.of("Kafka does not take events, and the spool in " + spool.folder()
                        + " is full or cannot be written.")
                : Optional.empty();
    }

    @Override
    public Optional<String> note() {
        return path.open()
                ? Optional.empty()
                : Optional.of("Events are kept in the spool in " + spool.folder() + ", where "
                        + spool.counts().records() + " wait, until Kafka takes them.");
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        SpoolMetrics.register(registry, spool.counts(), clock);
    }

    /** Sends on what it can within the bound; the rest is on disk for the next start. */
    @Override
    public void close() {
        drain.close();
        path.spoolAll();
        kafka.close();
        spool.close();
    }
}
