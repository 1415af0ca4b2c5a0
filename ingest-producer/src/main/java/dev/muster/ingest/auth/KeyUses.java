/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.auth;

import dev.muster.schemas.Topics;
import dev.muster.schemas.keys.KeyFormat;
import dev.muster.schemas.keys.KeyRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When issued keys were last used. A request only leaves its time in memory; a thread of this object's own writes it to
 * the keys' topic, each key once a minute at most. A use that cannot be written is tried again until a later one takes
 * its place.
 */
public final class KeyUses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyUses.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final long LOOK_MILLIS = 1000;

    private final Producer<byte[], byte[]> producer;
    private final InstantSource clock;
    private final Map<KeyRow, Instant> pending = new ConcurrentHashMap<>();
    private final Map<KeyRow, Instant> written = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "muster-collector-key-uses");
        made.setDaemon(true);
        return made;
    });

    /**
     * Notes nothing yet, and writes nothing before {@link #start()}.
     *
     * @param producer writes the uses; it stays its owner's to close
     * @param clock tells the time of a use
     */
    public KeyUses(Producer<byte[], byte[]> producer, InstantSource clock) {
        this.producer = producer;
        this.clock = clock;
    }

    /** Begins to write. */
    @SuppressWarnings("FutureReturnValueIgnored") // it ends only when it is shut down
    public void start() {
        thread.scheduleWithFixedDelay(this::write, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Writes no more; what was noted since the last time is forgotten. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A key is used now. */
    void note(KeyRow key) {
        pending.put(key, clock.instant());
    }

    /** Writes what is due. */
    void write() {
        Instant due = clock.instant().minus(BETWEEN);
        pending.forEach((key, usedAt) -> {
            Instant last = written.get(key);
            if ((last == null || !last.isAfter(due)) && pending.remove(key, usedAt)) {
                written.put(key, usedAt);
                send(key, usedAt);
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback hears what the future would tell
    private void send(KeyRow key, Instant usedAt) {
        try {
            producer.send(
                    new ProducerRecord<>(Topics.API_KEYS, key.useBytes(), KeyFormat.writeUse(usedAt)),
                    (metadata, failure) -> {
                        if (failure != null) {
                            again(key, usedAt, failure);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) {
            again(key, usedAt, e);
        }
    }

    private void again(KeyRow key, Instant usedAt, Exception failure) {
        LOG.debug("The last use of the key {} is written later: {}", key.keyId(), failure.getMessage());
        written.remove(key, usedAt);
        pending.putIfAbsent(key, usedAt);
    }
}
