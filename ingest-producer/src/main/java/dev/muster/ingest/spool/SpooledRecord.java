/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import dev.muster.ingest.kafka.EventRecord;
import java.nio.ByteBuffer;

/**
 * A record in the spool.
 *
 * <p>Its row's key is the sequence number, big-endian; the row's value is the time, the length of the record's key,
 * the key and the value.
 *
 * @param sequence its sequence number, larger than those of earlier records
 * @param spooledAt when it was added, in epoch milliseconds
 * @param event the record for Kafka
 */
record SpooledRecord(long sequence, long spooledAt, EventRecord event) {

    private static final long OVERHEAD = Long.BYTES + Long.BYTES + Integer.BYTES;

    /** The bytes that a record takes in the spool. */
    static long cost(EventRecord event) {
        return OVERHEAD + event.key().length + event.value().length;
    }

    /** A row's key. */
    static byte[] rowKey(long sequence) {
        return ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    }

    /** The number in a row's key. */
    static long sequence(byte[] rowKey) {
        return ByteBuffer.wrap(rowKey).getLong();
    }

    /**
     * Reads a row.
     *
     * @throws RuntimeException if it is none: an index out of bounds, or a buffer that ends too early
     */
    static SpooledRecord read(byte[] rowKey, byte[] row) {
        ByteBuffer in = ByteBuffer.wrap(row);
        long spooledAt = in.getLong();
        byte[] key = new byte[in.getInt()];
        in.get(key);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new SpooledRecord(sequence(rowKey), spooledAt, new EventRecord(key, value));
    }

    /** The row's value. */
    byte[] row() {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + event.key().length + event.value().length)
                .putLong(spooledAt)
                .putInt(event.key().length)
                .put(event.key())
                .put(event.value())
                .array();
    }

    /** The bytes that it takes. */
    long cost() {
        return cost(event);
    }
}
