/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.kafka;

import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where events become durable. */
public interface EventLog extends AutoCloseable {

    /**
     * Appends events. The calling thread is not kept waiting.
     *
     * @return done when all of them are durable, on a thread of the log's own that must not be kept waiting either;
     *     failed with {@link UnavailableException} when that was not so within the log's bound, in which case some of
     *     them may be durable nevertheless
     */
    CompletableFuture<Void> append(List<HookEvent> events);

    /** Whether Kafka was reached. */
    boolean connected();

    /** Why events are refused for now, in a sentence; empty as long as they are taken. */
    Optional<String> refusesBecause();

    /** What an operator should know although events are taken, in a sentence; empty when there is nothing to say. */
    Optional<String> note();

    /** Makes durable what was taken, within the log's bound, then lets go of everything. */
    @Override
    void close();
}
