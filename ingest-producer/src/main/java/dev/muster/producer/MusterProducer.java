/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.HookEvents;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.registry.Framing;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes agents' events to Kafka: each under its session's key, in the partition where the topology looks for it,
 * idempotent and acknowledged by all in-sync replicas, in batches. Safe for threads; one is enough for a process.
 *
 * <pre>{@code
 * AgentSession session = new AgentSession("acme", "triage-bot", "run-1");
 * try (MusterProducer muster = MusterProducer.create(MusterProducerConfig.of("kafka:9092"))) {
 *     muster.send(session.prompt(clock.instant(), "p1", "Why is the build red?").build());
 * }
 * }</pre>
 *
 * <p><b>Back-pressure.</b> So many bytes of events may be under way. When they are, {@link #send} waits for room no longer
 * than {@link MusterProducerConfig#maxWait}, by default not at all, and then its future fails; nothing is dropped silently.
 * Who must not lose an event keeps it until its future is done, and sends it again if that failed: an event counts once,
 * however often it is sent.
 *
 * <p>An application may begin before Kafka or the registry is there: events wait for them in the buffer, within the
 * delivery timeout.
 */
public final class MusterProducer implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);
    private static final long RETRY_MILLIS = 50;

    private final Producer<byte[], byte[]> kafka;
    private final Framing framing;
    private final MusterProducerConfig config;
    private final ThreadLocal<SingleObjectFormat> format = ThreadLocal.withInitial(SingleObjectFormat::new);
    private final BlockingQueue<Delivery> waiting = new LinkedBlockingQueue<>();
    private final InFlight underWay;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final Thread sender;
    private boolean topicKnown;

    MusterProducer(
            MusterProducerConfig config,
            Producer<byte[], byte[]> kafka,
            Framing framing,
            BiConsumer<HookEvent, EventNotSentException> onFailure) {
        this.config = config;
        this.kafka = kafka;
        this.framing = framing;
        underWay = new InFlight(config.bufferBytes(), config.maxWait(), onFailure);
        sender = new Thread(this::carryOn, "muster-producer");
        sender.setDaemon(true);
        sender.start();
    }

    /**
     * A producer whose failures are told by {@link #send}'s futures alone.
     *
     * @throws InvalidSettingException if no Kafka client can be made, or the registry refuses the schema; one sentence
     */
    public static MusterProducer create(MusterProducerConfig config) {
        return create(config, (event, failure) -> {});
    }

    /**
     * A producer.
     *
     * @param onFailure told each event that failed and why, on a thread that it must not keep waiting
     * @throws InvalidSettingException if no Kafka client can be made, or the registry refuses the schema; one sentence
     */
    public static MusterProducer create(
            MusterProducerConfig config, BiConsumer<HookEvent, EventNotSentException> onFailure) {
        Framing framing = Framing.of(config.registry());
        try {
            return new MusterProducer(
                    config,
                    new KafkaProducer<>(config.properties(), new ByteArraySerializer(), new ByteArraySerializer()),
                    framing,
                    onFailure);
        } catch (KafkaException e) {
            framing.close();
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new InvalidSettingException(
                    "No Kafka client can be made for «" + config.bootstrap() + "»: " + reason.getMessage() + ".");
        }
    }

    /**
     * Sends an event.
     *
     * @param event not to be changed afterwards
     * @return done when the event is durable; failed with {@link EventNotSentException} when it is not known to be within
     *     the delivery timeout, or at once when the buffer is full
     * @throws IllegalArgumentException if the event breaks a rule of the topic: account, session id, size
     * @throws IllegalStateException if this is closed
     */
    public CompletableFuture<Void> send(HookEvent event) {
        byte[] key = EventRules.key(event).toBytes();
        byte[] value = format.get().write(event);
        if (value.length > HookEvents.MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("The event has " + value.length + " bytes, more than "
                    + HookEvents.MAX_RECORD_BYTES + "; shorten its texts.");
        }
        if (closing.getCount() == 0) {
            throw new IllegalStateException("The producer is closed.");
        }
        Delivery delivery = new Delivery(
                event, key, value, System.nanoTime() + config.deliveryTimeout().toNanos());
        if (underWay.add(delivery)) {
            waiting.add(delivery);
        }
        if (abandoned.getCount() == 0) {
            underWay.fail(delivery, closedBefore());
        }
        return delivery.durable();
    }

    /** Done when all events that were sent before are durable or have failed. */
    public CompletableFuture<Void> flush() {
        return underWay.settled();
    }

    /** Sends on what was taken, for 30 seconds at most. */
    @Override
    public void close() {
        close(CLOSE_WITHIN);
    }

    /**
     * Takes no more events and sends on those it took; what is not durable when the time is over fails.
     *
     * @param within how long that may take
     */
    public void close(Duration within) {
        closing.countDown();
        long end = System.nanoTime() + within.toNanos();
        try {
            flush().get(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // What is left is told to fail below.
        }
        abandoned.countDown();
        sender.interrupt();
        kafka.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        framing.close();
        underWay.failAll(closedBefore());
    }

    private static EventNotSentException closedBefore() {
        return new EventNotSentException("The producer was closed before the event was durable.");
    }

    private void carryOn() {
        try {
            while (abandoned.getCount() > 0) {
                carry(waiting.take());
            }
        } catch (InterruptedException e) {
            // Closing: what waits is failed there.
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    private void carry(Delivery delivery) throws InterruptedException {
        Optional<String> missing = missing();
        while (missing.isPresent()) {
            if (System.nanoTime() - delivery.endNanos() >= 0) {
                underWay.fail(delivery, new EventNotSentException(missing.get()));
                return;
            }
            if (abandoned.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            missing = missing();
        }
        try {
            kafka.send(
                    new ProducerRecord<>(Topics.HOOK_EVENTS, delivery.key(), framing.frame(delivery.value())),
                    (metadata, failure) -> {
                        if (failure == null) {
                            underWay.done(delivery);
                        } else {
                            underWay.fail(delivery, notTaken(failure));
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            underWay.fail(delivery, notTaken(e));
        }
    }

    /** What has to be there before anything can be sent, in a sentence. */
    private Optional<String> missing() {
        Optional<String> unframed = framing.notReadyBecause();
        if (unframed.isPresent() || topicKnown) {
            return unframed;
        }
        try {
            topicKnown = !kafka.partitionsFor(Topics.HOOK_EVENTS).isEmpty();
            return Optional.empty();
        } catch (RetriableException e) {
            return Optional.of("Kafka was not reached at " + config.bootstrap() + ", or has no topic "
                    + Topics.HOOK_EVENTS + ": " + e.getMessage());
        } catch (KafkaException e) {
            // Sending will fail with the same, event by event.
            return Optional.empty();
        }
    }

    private static EventNotSentException notTaken(Exception failure) {
        return new EventNotSentException("Kafka did not take the event: " + failure.getMessage(), failure);
    }
}
