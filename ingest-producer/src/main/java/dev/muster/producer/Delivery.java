/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.producer;

import dev.muster.schemas.avro.HookEvent;
import java.util.concurrent.CompletableFuture;

/**
 * An event on its way.
 *
 * @param key its record's key
 * @param value the event in the single-object encoding
 * @param endNanos until when it may wait for Kafka and the registry, as {@link System#nanoTime()} counts
 * @param durable done when it is durable, or failed
 */
record Delivery(HookEvent event, byte[] key, byte[] value, long endNanos, CompletableFuture<Void> durable) {

    Delivery(HookEvent event, byte[] key, byte[] value, long endNanos) {
        this(event, key, value, endNanos, new CompletableFuture<>());
    }
}
