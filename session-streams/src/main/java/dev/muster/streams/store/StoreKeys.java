/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.streams.model.FactPosition;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of all rows. Each begins with the account and a zero byte; a session's id follows with its zero bytes escaped and
 * an end mark, so that no session's keys lie among another's; numbers are big-endian with the sign flipped, so that bytes
 * sort as they do.
 */
public final class StoreKeys {

    private static final byte WINDOW = 'w';
    private static final byte TRACE = 't';
    private static final byte TRACE_PAGE = '#';

    private StoreKeys() {}

    /** The key of a session's figures, and what its other keys begin with. */
    public static byte[] session(String account, String sessionId) {
        return ended(activities(account).get(), sessionId);
    }

    /** A prefix with an id behind it, closed so that no other id's keys lie among those that begin so. */
    static byte[] ended(byte[] prefix, String text) {
        byte[] id = text.getBytes(UTF_8);
        ByteArrayOutputStream key = new ByteArrayOutputStream(prefix.length + id.length + 2);
        key.writeBytes(prefix);
        for (byte b : id) {
            key.write(b);
            if (b == 0) {
                key.write(0xFF);
            }
        }
        key.write(0);
        key.write(1);
        return key.toByteArray();
    }

    /** Whether a key of the store {@code sessions} is that of a session's figures: nothing stands behind the id. */
    public static boolean isSession(Bytes key) {
        byte[] bytes = key.get();
        int at = 0;
        while (bytes[at] != 0) {
            at++;
        }
        do {
            at++;
        } while (bytes[at] != 0 || bytes[at + 1] != 1);
        return at + 2 == bytes.length;
    }

    static Bytes windows(byte[] session) {
        return Bytes.wrap(with(session, 1).put(WINDOW).array());
    }

    static Bytes window(byte[] session, long start) {
        return Bytes.wrap(with(session, 9).put(WINDOW).putLong(sortable(start)).array());
    }

    static long windowStart(Bytes key) {
        return trailing(key);
    }

    /** What the keys of a session's chunks begin with. */
    public static Bytes chunks(byte[] session) {
        return Bytes.wrap(session);
    }

    /** The key of a chunk. */
    public static Bytes chunk(byte[] session, FactPosition fence) {
        return Bytes.wrap(with(session, 16)
                .putLong(sortable(fence.time()))
                .putLong(fence.id())
                .array());
    }

    /** The place of a chunk. */
    public static FactPosition fence(Bytes key) {
        ByteBuffer numbers = ByteBuffer.wrap(key.get(), key.get().length - 16, 16);
        return new FactPosition(sortable(numbers.getLong()), numbers.getLong());
    }

    /** What the keys of a session's traces begin with. */
    public static Bytes traces(byte[] session) {
        return Bytes.wrap(with(session, 1).put(TRACE).array());
    }

    /** The key of a trace's figures. */
    public static Bytes trace(byte[] session, long start, String traceId) {
        byte[] id = traceId.getBytes(UTF_8);
        return Bytes.wrap(with(session, 9 + id.length)
                .put(TRACE)
                .putLong(sortable(start))
                .put(id)
                .array());
    }

    /** What the keys of the traces that are under a start begin with. */
    public static Bytes tracesAt(byte[] session, long start) {
        return trace(session, start, "");
    }

    /** The id in the key of a trace's figures. */
    public static String traceId(byte[] session, Bytes key) {
        int from = session.length + 9;
        return new String(key.get(), from, key.get().length - from, UTF_8);
    }

    /** What the keys of the pages begin with that say where a session's traces are. */
    public static Bytes tracePages(byte[] session) {
        return Bytes.wrap(with(session, 1).put(TRACE_PAGE).array());
    }

    static Bytes tracePage(byte[] session, int number) {
        return Bytes.wrap(with(session, 5).put(TRACE_PAGE).putInt(number).array());
    }

    /** What the keys of an account's activity begin with. */
    public static Bytes activities(String account) {
        byte[] name = account.getBytes(UTF_8);
        return Bytes.wrap(Arrays.copyOf(name, name.length + 1));
    }

    /** The account of any key. */
    static String account(Bytes key) {
        byte[] bytes = key.get();
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, UTF_8);
    }

    /** What the keys of the list's pages begin with that a session of some last activity is in: the latest sort first. */
    public static Bytes bucket(String account, long lastActivity) {
        return Bytes.wrap(with(activities(account).get(), 8)
                .putLong(~sortable(PageKey.bucketOf(lastActivity)))
                .array());
    }

    /**
     * The key of a page of the list of sessions.
     *
     * @param bucket the last activity of its sessions, epoch milliseconds by {@link #BUCKET_MS}
     * @param number tells the pages of a bucket apart
     */
    public record PageKey(String account, long bucket, long number) {

        /** How long the time of a page's sessions is at most: those of one commit share a page, and few are read in vain. */
        public static final long BUCKET_MS = 8192;

        /** The key of the page that a session is in. */
        static PageKey at(String account, long lastActivity, long number) {
            return new PageKey(account, bucketOf(lastActivity), number);
        }

        /** Reads a row's key. */
        public static PageKey of(Bytes key) {
            byte[] bytes = key.get();
            int end = bytes.length - 17;
            ByteBuffer numbers = ByteBuffer.wrap(bytes, end + 1, 16);
            return new PageKey(
                    new String(bytes, 0, end, UTF_8), sortable(~numbers.getLong()), sortable(numbers.getLong()));
        }

        static long bucketOf(long lastActivity) {
            return Math.floorDiv(lastActivity, BUCKET_MS);
        }

        PageKey withNumber(long other) {
            return new PageKey(account, bucket, other);
        }

        /** The earliest activity that a session in it may have, epoch milliseconds. */
        long start() {
            return bucket * BUCKET_MS;
        }

        Bytes toBytes() {
            return Bytes.wrap(with(activities(account).get(), 16)
                    .putLong(~sortable(bucket))
                    .putLong(sortable(number))
                    .array());
        }
    }

    /** The first key behind all that begin with a prefix that does not end in 0xFF. */
    public static Bytes endOf(Bytes prefix) {
        byte[] bytes = prefix.get().clone();
        bytes[bytes.length - 1]++;
        return Bytes.wrap(bytes);
    }

    static ByteBuffer with(byte[] prefix, int more) {
        return ByteBuffer.allocate(prefix.length + more).put(prefix);
    }

    private static long trailing(Bytes key) {
        return sortable(ByteBuffer.wrap(key.get(), key.get().length - 8, 8).getLong());
    }

    static long sortable(long number) {
        return number ^ Long.MIN_VALUE;
    }
}
