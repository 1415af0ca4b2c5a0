/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where events become durable. */
public interface EventLog {

    /**
     * Appends events. The calling thread is not kept waiting.
     *
     * @return done when all of them are durable, on a thread of the log's own that must not be kept waiting either;
     *     failed with {@link UnavailableException} when that was not so within the log's bound, in which case some of
     *     them may be durable nevertheless
     */
    CompletableFuture<Void> append(List<HookEvent> events);

    /** Whether the log was reached. */
    boolean connected();
}
