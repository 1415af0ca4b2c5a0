/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.streams.model.Fence;
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
        byte[] id = sessionId.getBytes(UTF_8);
        ByteArrayOutputStream key = new ByteArrayOutputStream(account.length() + id.length + 4);
        key.writeBytes(account.getBytes(UTF_8));
        key.write(0);
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
    public static Bytes chunk(byte[] session, Fence fence) {
        return Bytes.wrap(with(session, 16)
                .putLong(sortable(fence.time()))
                .putLong(fence.id())
                .array());
    }

    /** The place of a chunk. */
    public static Fence fence(Bytes key) {
        ByteBuffer numbers = ByteBuffer.wrap(key.get(), key.get().length - 16, 16);
        return new Fence(sortable(numbers.getLong()), numbers.getLong());
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

    /** The key of a session in its account's list: the latest activity sorts first. */
    public static Bytes activity(String account, long lastActivity, String sessionId) {
        byte[] prefix = activities(account).get();
        byte[] id = sessionId.getBytes(UTF_8);
        return Bytes.wrap(with(prefix, 8 + id.length)
                .putLong(~sortable(lastActivity))
                .put(id)
                .array());
    }

    /** A row of the list of sessions. */
    public record Activity(String account, long lastActivity, String sessionId) {

        /** Reads a row's key. */
        public static Activity of(Bytes key) {
            byte[] bytes = key.get();
            int end = 0;
            while (bytes[end] != 0) {
                end++;
            }
            return new Activity(
                    new String(bytes, 0, end, UTF_8),
                    sortable(~ByteBuffer.wrap(bytes, end + 1, 8).getLong()),
                    new String(bytes, end + 9, bytes.length - end - 9, UTF_8));
        }
    }

    /** The first key behind all that begin with a prefix that does not end in 0xFF. */
    public static Bytes behind(Bytes prefix) {
        byte[] bytes = prefix.get().clone();
        bytes[bytes.length - 1]++;
        return Bytes.wrap(bytes);
    }

    private static ByteBuffer with(byte[] prefix, int more) {
        return ByteBuffer.allocate(prefix.length + more).put(prefix);
    }

    private static long trailing(Bytes key) {
        return sortable(ByteBuffer.wrap(key.get(), key.get().length - 8, 8).getLong());
    }

    private static long sortable(long number) {
        return number ^ Long.MIN_VALUE;
    }
}
