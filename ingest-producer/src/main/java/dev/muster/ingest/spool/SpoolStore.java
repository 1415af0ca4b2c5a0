/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.schemas.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The spool's records in RocksDB, by their sequence number.
 *
 * <p>Two threads use it: one writes, the other reads and removes. After a failed write the files are closed and opened
 * anew, because RocksDB refuses further writes until then, and a full disk may have space again.
 */
final class SpoolStore implements AutoCloseable {

    /** The first sequence number of records that are set aside. */
    private static final long ASIDE = 1L << 62;

    private static final long CACHE_BYTES = 1024L * 1024;
    private static final long WRITE_BUFFER_BYTES = 4 * 1024L * 1024;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final Options options;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private @Nullable RocksDB db;

    private SpoolStore(Path folder) {
        this.folder = folder;
        options = new Options()
                .setCreateIfMissing(true)
                // A crash may cut the last write short; a damage anywhere else must not pass for the end.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(2)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache))
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setKeepLogFileNum(1)
                .setMaxManifestFileSize(WRITE_BUFFER_BYTES)
                .setStatsDumpPeriodSec(0);
    }

    /**
     * Opens the files and reads all records.
     *
     * @param waiting receives each waiting record, oldest first
     * @param aside receives each record that is set aside, with its original sequence number
     * @throws InvalidSettingException if the folder cannot be used, another process has it, or it is damaged
     */
    static SpoolStore open(Path folder, Consumer<SpooledRecord> waiting, Consumer<SpooledRecord> aside) {
        SpoolStore store = new SpoolStore(folder);
        try {
            Files.createDirectories(folder);
            store.forEach(waiting, aside);
            return store;
        } catch (IOException e) {
            store.close();
            throw new InvalidSettingException(SpoolConfig.DIR + " is " + folder + ", and no folder can be made there ("
                    + e.getClass().getSimpleName() + " " + e.getMessage() + ").");
        } catch (RocksDBException | RuntimeException e) {
            store.close();
            throw new InvalidSettingException(
                    String.valueOf(e.getMessage()).contains("/LOCK:")
                            ? "The spool in " + folder + " is in use by another collector; give each its own with "
                                    + SpoolConfig.DIR + "."
                            : "The spool in " + folder + " cannot be read (" + e.getMessage()
                                    + "); it may hold events that Kafka does not have: repair it, or move it away to"
                                    + " start without them.");
        }
    }

    /** Writes records, and returns when they are synced to disk. */
    synchronized void write(List<SpooledRecord> records) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (SpooledRecord record : records) {
                batch.put(SpooledRecord.rowKey(record.sequence()), record.row());
            }
            db().write(synced, batch);
        } catch (RocksDBException e) {
            closeFiles();
            throw e;
        }
    }

    /**
     * The oldest records after a sequence number, in order.
     *
     * @param max the most records
     * @param maxBytes the list ends with the record that reaches this many bytes
     */
    synchronized List<SpooledRecord> after(long sequence, int max, long maxBytes) throws RocksDBException {
        List<SpooledRecord> records = new ArrayList<>();
        long bytes = 0;
        try (Slice end = new Slice(SpooledRecord.rowKey(ASIDE));
                ReadOptions reading = new ReadOptions().setIterateUpperBound(end);
                RocksIterator rows = db().newIterator(reading)) {
            rows.seek(SpooledRecord.rowKey(sequence + 1));
            for (; rows.isValid() && records.size() < max && bytes < maxBytes; rows.next()) {
                SpooledRecord record = SpooledRecord.read(rows.key(), rows.value());
                records.add(record);
                bytes += record.cost();
            }
            rows.status();
        }
        return records;
    }

    /** The oldest record after a sequence number. */
    Optional<SpooledRecord> firstAfter(long sequence) throws RocksDBException {
        return after(sequence, 1, 1).stream().findFirst();
    }

    /** Removes the records up to a sequence number. After a crash some of them may be there again. */
    synchronized void removeThrough(long sequence) throws RocksDBException {
        db().deleteRange(unsynced, SpooledRecord.rowKey(0), SpooledRecord.rowKey(sequence + 1));
    }

    /** Moves a record to those that are set aside. */
    synchronized void setAside(SpooledRecord record) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            batch.delete(SpooledRecord.rowKey(record.sequence()));
            batch.put(SpooledRecord.rowKey(ASIDE + record.sequence()), record.row());
            db().write(synced, batch);
        }
    }

    /** Frees the disk space of removed records. */
    synchronized void shrink() throws RocksDBException {
        try (FlushOptions flushing = new FlushOptions()) {
            db().flush(flushing);
        }
        db().compactRange();
    }

    @Override
    public synchronized void close() {
        closeFiles();
        options.close();
        cache.close();
        synced.close();
        unsynced.close();
    }

    private synchronized void forEach(Consumer<SpooledRecord> waiting, Consumer<SpooledRecord> aside)
            throws RocksDBException {
        try (ReadOptions reading = new ReadOptions().setFillCache(false);
                RocksIterator rows = db().newIterator(reading)) {
            for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                SpooledRecord record = SpooledRecord.read(rows.key(), rows.value());
                if (record.sequence() < ASIDE) {
                    waiting.accept(record);
                } else {
                    aside.accept(new SpooledRecord(record.sequence() - ASIDE, record.spooledAt(), record.event()));
                }
            }
            rows.status();
        }
    }

    private RocksDB db() throws RocksDBException {
        RocksDB opened = db;
        if (opened == null) {
            opened = RocksDB.open(options, folder.toString());
            db = opened;
        }
        return opened;
    }

    private void closeFiles() {
        if (db != null) {
            db.close();
            db = null;
        }
    }
}
