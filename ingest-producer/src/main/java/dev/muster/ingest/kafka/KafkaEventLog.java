/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.Framing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events' topic. Until the producer has learnt of the topic everything is refused at once, for a producer's first
 * call would make its caller wait; a thread of this object's own waits instead.
 */
public final class KafkaEventLog implements EventLog {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaEventLog.class);
    private static final long RETRY_MILLIS = 500;

    private final Producer<byte[], byte[]> producer;
    private final Framing framing;
    private final Duration timeout;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Thread search;
    private volatile boolean connected;

    /**
     * Begins to look for the topic.
     *
     * @param producer a producer of this object's own, which it closes
     * @param framing how the events' bytes are framed, of this object's own too
     * @param timeout how long closing may take
     */
    public KafkaEventLog(Producer<byte[], byte[]> producer, Framing framing, Duration timeout) {
        this.producer = producer;
        this.framing = framing;
        this.timeout = timeout;
        search = new Thread(this::search, "muster-collector-topic-search");
        search.setDaemon(true);
        search.start();
    }

    @Override
    public CompletableFuture<Void> append(List<HookEvent> events) {
        return sendAll(events.stream().map(EventRecord::of).toList())
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        new UnavailableException("Kafka did not take the event; send it again")));
    }

    /**
     * Sends records. After one that fails at once the others are not tried, for each could keep the caller waiting: a
     * producer that has lost sight of all brokers looks for them anew.
     *
     * @return done when Kafka has all of them; failed with Kafka's own exception, in which case it may have some
     */
    public CompletableFuture<Void> sendAll(List<EventRecord> events) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        for (EventRecord event : events) {
            CompletableFuture<Void> one = send(event);
            if (one.isCompletedExceptionally()) {
                return one;
            }
            sent.add(one);
        }
        return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
    }

    /**
     * Sends a record.
     *
     * @return done when Kafka has it; failed with Kafka's own exception when it did not take it within the producer's
     *     bound, and at once as long as Kafka has not been reached
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    public CompletableFuture<Void> send(EventRecord event) {
        if (!connected()) {
            return CompletableFuture.failedFuture(new KafkaException("Kafka has not been reached yet"));
        }
        CompletableFuture<Void> durable = new CompletableFuture<>();
        try {
            producer.send(
                    new ProducerRecord<>(Topics.HOOK_EVENTS, event.key(), framing.frame(event.value())),
                    (metadata, failure) -> settle(durable, failure));
        } catch (KafkaException | IllegalStateException e) {
            settle(durable, e);
        }
        return durable;
    }

    @Override
    public boolean connected() {
        return connected && framing.notReadyBecause().isEmpty();
    }

    @Override
    public Optional<String> refusesBecause() {
        return framing.notReadyBecause()
                .or(() -> connected ? Optional.empty() : Optional.of("Kafka has not been reached yet."));
    }

    @Override
    public Optional<String> note() {
        return Optional.empty();
    }

    /** Sends on what was taken, then lets go of Kafka. */
    @Override
    public void close() {
        closed.countDown();
        framing.close();
        producer.close(timeout);
    }

    private void settle(CompletableFuture<Void> durable, @Nullable Exception failure) {
        if (failure == null) {
            if (failing.compareAndSet(true, false)) {
                LOG.info("Kafka takes events again.");
            }
            durable.complete(null);
            return;
        }
        if (failing.compareAndSet(false, true)) {
            LOG.warn("Kafka does not take events: {}", failure.getMessage());
        }
        durable.completeExceptionally(failure);
    }

    private void search() {
        boolean told = false;
        do {
            try {
                connected = !producer.partitionsFor(Topics.HOOK_EVENTS).isEmpty();
            } catch (KafkaException | IllegalStateException e) {
                if (!told && closed.getCount() > 0) {
                    LOG.warn("Kafka is not reached yet, and is tried on: {}", e.getMessage());
                    told = true;
                }
            }
        } while (!connected && !closing());
    }

    /** Waits a little before the next try, unless the log is closed. */
    private boolean closing() {
        try {
            return closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
