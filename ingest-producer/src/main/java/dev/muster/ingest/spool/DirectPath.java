/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.EventRecord;
import dev.muster.ingest.kafka.KafkaEventLog;
import dev.muster.ingest.kafka.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which way events go: to Kafka, behind others to the spool, or nowhere for the moment in which the last of the spool is
 * handed to the producer. When Kafka fails one event or lets it wait for too long, all that are under way go to the
 * spool, in the order in which they came; copies that Kafka takes nevertheless are the same facts.
 */
final class DirectPath {

    private static final Logger LOG = LoggerFactory.getLogger(DirectPath.class);

    private enum State {
        OPEN,
        HELD,
        DIVERTED
    }

    /** Records that came together, and are answered together. */
    private static final class Arrival {

        private final List<EventRecord> records;
        private final long at = System.nanoTime();
        private final CompletableFuture<Void> durable = new CompletableFuture<>();

        Arrival(List<EventRecord> records) {
            this.records = records;
        }
    }

    private final KafkaEventLog kafka;
    private final Spool spool;
    private final long patienceNanos;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Deque<Arrival> underWay = new ArrayDeque<>();
    private final Deque<Arrival> held = new ArrayDeque<>();
    private State state = State.DIVERTED;
    private boolean closed;

    /** A path that leads to the spool until it is opened. */
    DirectPath(KafkaEventLog kafka, Spool spool, Duration patience) {
        this.kafka = kafka;
        this.spool = spool;
        patienceNanos = patience.toNanos();
    }

    /** Takes records; done when Kafka or the disk has all of them. */
    CompletableFuture<Void> append(List<EventRecord> records) {
        Arrival arrival = new Arrival(records);
        synchronized (lock) {
            if (state == State.DIVERTED) {
                return spool.add(records);
            }
            if (state == State.HELD) {
                held.add(arrival);
                return arrival.durable;
            }
            underWay.add(arrival);
        }
        send(arrival);
        return arrival.durable;
    }

    /** Whether events go to Kafka. */
    boolean open() {
        synchronized (lock) {
            return state == State.OPEN;
        }
    }

    /** Holds what comes from now on back, until it is let through or diverted. */
    void hold() {
        synchronized (lock) {
            state = State.HELD;
        }
    }

    /** Sends what was held back, in order, and opens the path. Meanwhile Kafka may fail, which diverts it again. */
    void letThrough() {
        while (true) {
            Arrival next;
            synchronized (lock) {
                if (state != State.HELD) {
                    return;
                }
                next = held.poll();
                if (next == null) {
                    state = State.OPEN;
                    return;
                }
                underWay.add(next);
            }
            send(next);
        }
    }

    /** Leads what is under way, and all that comes, to the spool. */
    void divert(String reason) {
        synchronized (lock) {
            if (state == State.DIVERTED) {
                return;
            }
            LOG.warn("Events go to the spool in {} until Kafka takes them: {}.", spool.folder(), reason);
            spoolAll();
        }
    }

    /** Waits until the path is diverted, which it does itself when an event waits for too long, or until it is closed. */
    void watch() throws InterruptedException {
        synchronized (lock) {
            while (state == State.OPEN && !closed) {
                Arrival oldest = underWay.peek();
                long wait = oldest == null ? patienceNanos : oldest.at + patienceNanos - System.nanoTime();
                if (wait <= 0) {
                    divert("it has not acknowledged an event in time");
                } else {
                    TimeUnit.NANOSECONDS.timedWait(lock, Math.max(wait, TimeUnit.MILLISECONDS.toNanos(1)));
                }
            }
        }
    }

    /** Lets nobody watch any more. */
    void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** Leads what is under way, and all that comes, to the spool, because the collector ends. */
    void spoolAll() {
        synchronized (lock) {
            state = State.DIVERTED;
            spool(underWay);
            spool(held);
            lock.notifyAll();
        }
    }

    /** Whether Kafka would refuse a record however often it is sent. */
    static boolean isForGood(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException;
    }

    /** What really failed. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && cause != null ? cause : failure;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    private void send(Arrival arrival) {
        kafka.sendAll(arrival.records).whenComplete((sent, failure) -> settle(arrival, failure));
    }

    private void settle(Arrival arrival, @Nullable Throwable failure) {
        if (failure == null) {
            arrival.durable.complete(null);
        } else {
            failed(arrival, cause(failure));
        }
        synchronized (lock) {
            while (!underWay.isEmpty() && underWay.peek().durable.isDone()) {
                underWay.remove();
            }
        }
    }

    private void failed(Arrival arrival, Throwable failure) {
        if (isForGood(failure)) {
            arrival.durable.completeExceptionally(
                    new UnavailableException("Kafka refuses the event: " + failure.getMessage()));
            return;
        }
        synchronized (lock) {
            if (underWay.contains(arrival)) {
                divert(String.valueOf(failure.getMessage()));
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    private void spool(Deque<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            if (!arrival.durable.isDone()) {
                spool.add(arrival.records).whenComplete((written, failure) -> {
                    if (failure == null) {
                        arrival.durable.complete(null);
                    } else {
                        arrival.durable.completeExceptionally(failure);
                    }
                });
            }
        }
        arrivals.clear();
    }
}
