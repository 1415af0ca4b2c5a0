/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.EventRecord;
import dev.muster.ingest.kafka.UnavailableException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bounded queue of records on disk, in the order in which they are added.
 *
 * <p>A thread of its own writes all records that wait with one sync.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** The most bytes that wait in memory for the disk. */
    private static final long MAX_UNWRITTEN_BYTES = 16 * 1024L * 1024;

    private record Addition(List<EventRecord> records, long bytes, CompletableFuture<Void> written) {}

    private final SpoolStore store;
    private final Path folder;
    private final InstantSource clock;
    private final SpoolCounts counts;
    private final BlockingQueue<Addition> unwritten = new LinkedBlockingQueue<>();
    private final ExecutorService writer;
    private long lastWritten;
    private boolean failing;

    /**
     * Opens a spool, and starts its thread.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException if the folder cannot be used, another collector has
     *     it, or it is damaged
     */
    Spool(Path folder, long maxBytes, InstantSource clock) {
        this.folder = folder.toAbsolutePath().normalize();
        this.clock = clock;
        counts = new SpoolCounts(maxBytes, MAX_UNWRITTEN_BYTES);
        store = SpoolStore.open(
                this.folder,
                record -> {
                    counts.restored(record);
                    lastWritten = Math.max(lastWritten, record.sequence());
                },
                record -> {
                    counts.restoredAside(record);
                    lastWritten = Math.max(lastWritten, record.sequence());
                });
        writer = Executors.newSingleThreadExecutor(task -> new Thread(task, "muster-spool-writer"));
    }

    /** The counts of records and bytes. */
    SpoolCounts counts() {
        return counts;
    }

    /** The folder of its files. */
    Path folder() {
        return folder;
    }

    /**
     * Adds records behind all others. An empty list is done at once.
     *
     * @return done when they are synced to disk; failed with {@link UnavailableException} if the spool is full, or
     *     cannot be written
     */
    CompletableFuture<Void> add(List<EventRecord> records) {
        if (records.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        long bytes = records.stream().mapToLong(SpooledRecord::cost).sum();
        if (!counts.reserve(bytes)) {
            return CompletableFuture.failedFuture(new UnavailableException("The spool is full"));
        }
        Addition addition = new Addition(records, bytes, new CompletableFuture<>());
        unwritten.add(addition);
        try {
            writer.execute(this::writeAll);
        } catch (RejectedExecutionException e) {
            fail(List.of(addition), "The spool is closed");
        }
        return addition.written();
    }

    /** Waits until all records that were added before are written, or have failed. */
    void awaitWritten() throws InterruptedException {
        try {
            writer.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an empty task cannot fail", e);
        }
    }

    /** The oldest records after a sequence number, in order. */
    List<SpooledRecord> after(long sequence, int max, long maxBytes) throws RocksDBException {
        return store.after(sequence, max, maxBytes);
    }

    /** Removes the oldest records, which Kafka has acknowledged. */
    void remove(List<SpooledRecord> oldest) throws RocksDBException {
        if (oldest.isEmpty()) {
            return;
        }
        long last = oldest.get(oldest.size() - 1).sequence();
        store.removeThrough(last);
        counts.drained(oldest, store.firstAfter(last));
    }

    /** Sets a record aside that Kafka refuses for good: it is kept, and not sent again. */
    void setAside(SpooledRecord record, String reason) throws RocksDBException {
        store.setAside(record);
        if (counts.setAside()) {
            LOG.error("Kafka refuses a spooled event for good, and it is kept in {}: {}", folder, reason);
        }
    }

    /** Frees the disk space of removed records. */
    void shrink() throws RocksDBException {
        store.shrink();
    }

    /** Writes what was added, then closes the files. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            while (!writer.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("The disk of the spool in {} keeps the collector waiting.", folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        store.close();
    }

    private void writeAll() {
        List<Addition> additions = new ArrayList<>();
        unwritten.drainTo(additions);
        if (additions.isEmpty()) {
            return;
        }
        long now = clock.millis();
        List<SpooledRecord> records = new ArrayList<>();
        for (Addition addition : additions) {
            for (EventRecord record : addition.records()) {
                records.add(new SpooledRecord(lastWritten + records.size() + 1, now, record));
            }
        }
        try {
            store.write(records);
        } catch (RocksDBException e) {
            if (!failing) {
                LOG.error("The spool in {} cannot be written, and events are refused: {}", folder, e.getMessage());
                failing = true;
            }
            fail(additions, "The spool cannot be written");
            return;
        }
        failing = false;
        lastWritten += records.size();
        counts.written(records);
        additions.forEach(addition -> addition.written().complete(null));
    }

    private void fail(List<Addition> additions, String reason) {
        additions.forEach(addition -> {
            counts.release(addition.bytes());
            addition.written().completeExceptionally(new UnavailableException(reason));
        });
    }
}
