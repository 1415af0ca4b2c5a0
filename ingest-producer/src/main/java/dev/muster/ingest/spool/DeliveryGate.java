/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.EventRecord;
import dev.muster.ingest.kafka.KafkaFailures;
import dev.muster.ingest.kafka.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether appended records go to Kafka or to the spool, and keeps their order when that changes.
 *
 * <p>It is in one of three states. <b>Direct</b>: records are sent to Kafka. <b>Spooling</b>: records are added to the
 * spool, behind those that are there. <b>Holding</b>: records wait in memory for the moment in which the last of the
 * spool is handed to Kafka's producer; then they follow through the same producer, and the gate is direct again.
 *
 * <p>When Kafka fails a record, or does not acknowledge one within the timeout, the gate turns to spooling: the records in
 * flight and those held are added to the spool in the order in which they were appended. A record in flight may reach Kafka
 * nevertheless. Its second copy has the same id, so it is the same fact.
 */
final class DeliveryGate {

    /** Where records can be sent: to Kafka, or to the spool. */
    @FunctionalInterface
    interface Destination {

        /** Sends records without waiting; done when all of them are durable, failed when they are not known to be. */
        CompletableFuture<Void> send(List<EventRecord> records);
    }

    private enum State {
        DIRECT,
        HOLDING,
        SPOOLING
    }

    /** Records that were appended together, and whether they are durable. */
    private static final class Append {

        private final List<EventRecord> records;
        private final long sentAt = System.nanoTime();
        private final CompletableFuture<Void> durable = new CompletableFuture<>();

        Append(List<EventRecord> records) {
            this.records = records;
        }
    }

    private final Destination kafka;
    private final Destination spool;
    private final long timeoutNanos;
    private final Consumer<String> onSpooling;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Deque<Append> inFlight = new ArrayDeque<>();
    private final Deque<Append> held = new ArrayDeque<>();
    private State state = State.SPOOLING;
    private boolean closed;

    /**
     * Creates a gate that is spooling until it is told to {@link #hold} and {@link #release}.
     *
     * @param timeout how long Kafka may take to acknowledge a record
     * @param onSpooling called with the reason when the gate turns to spooling because of Kafka; must not block
     */
    DeliveryGate(Destination kafka, Destination spool, Duration timeout, Consumer<String> onSpooling) {
        this.kafka = kafka;
        this.spool = spool;
        this.onSpooling = onSpooling;
        timeoutNanos = timeout.toNanos();
    }

    /** Appends records behind all earlier ones; done when Kafka or the disk has all of them. */
    CompletableFuture<Void> append(List<EventRecord> records) {
        Append append = new Append(records);
        synchronized (lock) {
            if (state == State.SPOOLING) {
                return spool.send(records);
            }
            if (state == State.HOLDING) {
                held.add(append);
                return append.durable;
            }
            inFlight.add(append);
        }
        send(append);
        return append.durable;
    }

    /** Whether records are sent to Kafka. */
    boolean isDirect() {
        synchronized (lock) {
            return state == State.DIRECT;
        }
    }

    /** Holds what is appended from now on in memory, until {@link #release} or {@link #divert}. */
    void hold() {
        synchronized (lock) {
            state = State.HOLDING;
        }
    }

    /** Sends the held records to Kafka in order, then turns to direct. If Kafka fails meanwhile, the gate is spooling. */
    void release() {
        while (true) {
            Append next;
            synchronized (lock) {
                if (state != State.HOLDING) {
                    return;
                }
                next = held.poll();
                if (next == null) {
                    state = State.DIRECT;
                    return;
                }
                inFlight.add(next);
            }
            send(next);
        }
    }

    /** Turns to spooling, unless it is already: records in flight and held records are added to the spool, in order. */
    void divert(String reason) {
        synchronized (lock) {
            if (state != State.SPOOLING) {
                onSpooling.accept(reason);
                spoolAll();
            }
        }
    }

    /** Waits while the gate is direct, and diverts it when a record is not acknowledged within the timeout. */
    void watch() throws InterruptedException {
        synchronized (lock) {
            while (state == State.DIRECT && !closed) {
                Append oldest = inFlight.peek();
                long wait = oldest == null ? timeoutNanos : oldest.sentAt + timeoutNanos - System.nanoTime();
                if (wait <= 0) {
                    divert("it has not acknowledged an event in time");
                } else {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
                }
            }
        }
    }

    /** Ends {@link #watch}, now and whenever it is called. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** Turns to spooling without a report, because the collector ends. */
    void spoolAll() {
        synchronized (lock) {
            state = State.SPOOLING;
            spool(inFlight);
            spool(held);
            lock.notifyAll();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback does what the future would be waited for
    private void send(Append append) {
        kafka.send(append.records).whenComplete((sent, failure) -> settle(append, failure));
    }

    private void settle(Append append, @Nullable Throwable failure) {
        if (failure == null) {
            append.durable.complete(null);
        } else {
            fail(append, KafkaFailures.cause(failure));
        }
        synchronized (lock) {
            while (!inFlight.isEmpty() && inFlight.peek().durable.isDone()) {
                inFlight.remove();
            }
        }
    }

    private void fail(Append append, Throwable failure) {
        if (KafkaFailures.isPermanent(failure)) {
            append.durable.completeExceptionally(
                    new UnavailableException("Kafka refuses the event: " + failure.getMessage()));
            return;
        }
        synchronized (lock) {
            if (inFlight.contains(append)) {
                divert(String.valueOf(failure.getMessage()));
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback does what the future would be waited for
    private void spool(Deque<Append> appends) {
        for (Append append : appends) {
            if (!append.durable.isDone()) {
                spool.send(append.records).whenComplete((written, failure) -> {
                    if (failure == null) {
                        append.durable.complete(null);
                    } else {
                        append.durable.completeExceptionally(failure);
                    }
                });
            }
        }
        appends.clear();
    }
}
