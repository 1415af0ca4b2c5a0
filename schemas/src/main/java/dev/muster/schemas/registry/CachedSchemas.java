/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.MalformedRecordException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry's schemas, each asked for once: an id's schema never changes. That an id is unknown is remembered for a
 * minute. A registry that does not answer is asked on until the patience ends.
 */
final class CachedSchemas implements WriterSchemas {

    private static final Logger LOG = LoggerFactory.getLogger(CachedSchemas.class);

    /** Below the five minutes after which Kafka takes a silent consumer for dead. */
    private static final Duration TIMEOUT = Duration.ofMinutes(4);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long UNKNOWN_FOR_NANOS = Duration.ofMinutes(1).toNanos();

    /** A topic has a handful; more are nonsense, and are forgotten. */
    private static final int MAX_SCHEMAS = 1000;

    private final WriterSchemas registry;
    private final Duration timeout;
    private final Map<Integer, Found> found = new ConcurrentHashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private sealed interface Found {}

    private record Known(Schema schema) implements Found {}

    private record Unknown(String reason, long sinceNanos) implements Found {}

    CachedSchemas(WriterSchemas registry) {
        this(registry, TIMEOUT);
    }

    CachedSchemas(WriterSchemas registry, Duration timeout) {
        this.registry = registry;
        this.timeout = timeout;
    }

    @Override
    public Schema find(int id) throws MalformedRecordException, RegistryUnavailableException {
        Found before = found.get(id);
        if (before instanceof Known known) {
            return known.schema();
        }
        if (before instanceof Unknown unknown && System.nanoTime() - unknown.sinceNanos() < UNKNOWN_FOR_NANOS) {
            throw new MalformedRecordException(unknown.reason());
        }
        try {
            Schema schema = ask(id);
            keep(id, new Known(schema));
            return schema;
        } catch (MalformedRecordException e) {
            keep(id, new Unknown(String.valueOf(e.getMessage()), System.nanoTime()));
            throw e;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void keep(int id, Found outcome) {
        if (found.size() >= MAX_SCHEMAS) {
            found.clear();
        }
        found.put(id, outcome);
    }

    private Schema ask(int id) throws MalformedRecordException, RegistryUnavailableException {
        long end = System.nanoTime() + timeout.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return registry.find(id);
            } catch (RegistryUnavailableException e) {
                if (pause.equals(FIRST_PAUSE)) {
                    LOG.warn("A record waits for its schema {}: {}", id, e.getMessage());
                }
                if (System.nanoTime() - end >= 0 || closing(pause)) {
                    throw e;
                }
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private boolean closing(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
