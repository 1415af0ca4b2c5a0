/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.avro.HookEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that were taken and are neither durable nor failed yet, and the room that they take. */
final class InFlight {

    private static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final int bytes;
    private final Duration maxWait;
    private final BiConsumer<HookEvent, EventNotSentException> onFailure;
    private final Semaphore room;
    /** By the future, for each is only itself. */
    private final Map<CompletableFuture<Void>, Delivery> deliveries = new ConcurrentHashMap<>();

    InFlight(int bytes, Duration maxWait, BiConsumer<HookEvent, EventNotSentException> onFailure) {
        this.bytes = bytes;
        this.maxWait = maxWait;
        this.onFailure = onFailure;
        room = new Semaphore(bytes);
    }

    /** Takes an event in; false, and the event failed, if there is no room for it in time. */
    boolean add(Delivery delivery) {
        if (!hasRoom(delivery.value().length)) {
            report(
                    delivery,
                    new EventNotSentException(
                            "The buffer is full: " + bytes + " bytes may wait for Kafka; send the event again later."));
            return false;
        }
        deliveries.put(delivery.durable(), delivery);
        return true;
    }

    /** An event is durable. */
    void done(Delivery delivery) {
        if (settle(delivery)) {
            delivery.durable().complete(null);
        }
    }

    /** An event is not known to be durable; without effect if it was settled before. */
    void fail(Delivery delivery, EventNotSentException failure) {
        if (settle(delivery)) {
            report(delivery, failure);
        }
    }

    /** Fails all that are left. */
    void failAll(EventNotSentException failure) {
        deliveries.values().forEach(delivery -> fail(delivery, failure));
    }

    /** Done when all that are under way now are durable or have failed. */
    CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(deliveries.keySet().stream()
                .map(durable -> durable.handle((done, failure) -> true))
                .toArray(CompletableFuture[]::new));
    }

    private boolean hasRoom(int needed) {
        try {
            return room.tryAcquire(needed)
                    || (!maxWait.isZero() && room.tryAcquire(needed, maxWait.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Makes room for others; false when that was done. */
    @SuppressWarnings("CollectionUndefinedEquality") // a future is equal to itself alone, as is meant
    private boolean settle(Delivery delivery) {
        boolean isFirst = deliveries.remove(delivery.durable()) != null;
        if (isFirst) {
            room.release(delivery.value().length);
        }
        return isFirst;
    }

    private void report(Delivery delivery, EventNotSentException failure) {
        delivery.durable().completeExceptionally(failure);
        try {
            onFailure.accept(delivery.event(), failure);
        } catch (RuntimeException e) {
            LOG.warn("The application failed when it was told of an event that was not sent", e);
        }
    }
}
