/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of the audit log's rows, the newest first: {@code account, e, bucket, number} says which sessions have facts in a
 * bucket of time, {@code account, c, time, id} is a command.
 *
 * @param account the account
 * @param bucket the bucket of time, of {@link #BUCKET_MS}
 * @param number tells a bucket's rows apart
 */
public record AuditKey(String account, long bucket, long number) {

    /** A page of the log reads the rows of one bucket at least; a quiet session has a row for each bucket that it is in. */
    public static final long BUCKET_MS = 2048;

    private static final byte FACTS = 'e';
    private static final byte COMMANDS = 'c';

    static long bucketOf(long time) {
        return Math.floorDiv(time, BUCKET_MS);
    }

    /** The bucket's first time, epoch milliseconds. */
    public long start() {
        return bucket * BUCKET_MS;
    }

    Bytes toBytes() {
        return Bytes.wrap(StoreKeys.with(facts(account).get(), 16)
                .putLong(~StoreKeys.sortable(bucket))
                .putLong(StoreKeys.sortable(number))
                .array());
    }

    /** Reads a row's key. */
    public static AuditKey of(Bytes key) {
        byte[] bytes = key.get();
        int end = bytes.length - 18;
        ByteBuffer numbers = ByteBuffer.wrap(bytes, end + 2, 16);
        return new AuditKey(
                new String(bytes, 0, end, StandardCharsets.UTF_8),
                StoreKeys.sortable(~numbers.getLong()),
                StoreKeys.sortable(numbers.getLong()));
    }

    /** What the keys begin with of the rows that tell where facts are. */
    public static Bytes facts(String account) {
        return Bytes.wrap(StoreKeys.with(StoreKeys.activities(account).get(), 1)
                .put(FACTS)
                .array());
    }

    /** What the keys begin with of a bucket's rows and sort before those of earlier ones, by a time in it. */
    public static Bytes factsAt(String account, long time) {
        return Bytes.wrap(StoreKeys.with(facts(account).get(), 8)
                .putLong(~StoreKeys.sortable(bucketOf(time)))
                .array());
    }

    /** What the keys of commands begin with. */
    public static Bytes commands(String account) {
        return Bytes.wrap(StoreKeys.with(StoreKeys.activities(account).get(), 1)
                .put(COMMANDS)
                .array());
    }

    /** What the keys begin with of the commands of a time, which sort before those of earlier ones. */
    public static Bytes commandsAt(String account, long time) {
        return Bytes.wrap(StoreKeys.with(commands(account).get(), 8)
                .putLong(~StoreKeys.sortable(time))
                .array());
    }

    static Bytes command(String account, long time, long id) {
        return Bytes.wrap(StoreKeys.with(commandsAt(account, time).get(), 8)
                .putLong(StoreKeys.sortable(id))
                .array());
    }

    /** When the command of a key was given, epoch milliseconds. */
    public static long commandTime(Bytes key) {
        return StoreKeys.sortable(
                ~ByteBuffer.wrap(key.get(), key.get().length - 16, 8).getLong());
    }

    /** What tells the command of a key from others of the same time. */
    public static long commandId(Bytes key) {
        return StoreKeys.sortable(
                ByteBuffer.wrap(key.get(), key.get().length - 8, 8).getLong());
    }
}
