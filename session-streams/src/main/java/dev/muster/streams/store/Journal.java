/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.avro.HookEvent;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The events that were taken in since their sessions were last written: all that a commit has to write. It is a numbered
 * sequence of pieces in a logged store in memory; a piece is deleted when every session with an event in it has been
 * written, and what is left is applied again at a start, which facts with ids do not mind.
 */
final class Journal {

    /** The most that a piece has before it is compressed, unless one event alone has more. */
    static final int PIECE_BYTES = 512 << 10;

    /** The fingerprint of the bodies' schema, and the length before compression. */
    private static final int HEADER_BYTES = Long.BYTES + Integer.BYTES;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private final KeyValueStore<Bytes, byte[]> store;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(16 << 10);
    private final DataOutputStream gathering = new DataOutputStream(gathered);
    /** The bytes of each stored piece, the oldest first. */
    private final Deque<Integer> sizes = new ArrayDeque<>();

    private long oldest;
    private long current;
    private long bytes;

    /** Takes one event that is journalled. */
    interface Reader {
        /**
         * Takes it.
         *
         * @param piece the number of the piece it is in
         * @param appendTime when its record was appended, epoch milliseconds
         * @param event the event
         * @param body its Avro body in the schema of today
         */
        void read(long piece, long appendTime, HookEvent event, byte[] body);
    }

    /** Opens the journal in its store, behind the pieces that are there. */
    Journal(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> pieces = store.all()) {
            boolean first = true;
            while (pieces.hasNext()) {
                KeyValue<Bytes, byte[]> piece = pieces.next();
                long number = ByteBuffer.wrap(piece.key.get()).getLong();
                oldest = first ? number : oldest;
                first = false;
                current = number + 1;
                bytes += piece.value.length;
                sizes.addLast(piece.value.length);
            }
            oldest = first ? current : oldest;
        }
    }

    /** The number of the piece that the next event goes into. */
    long current() {
        return current;
    }

    /** The oldest piece from which on all have together at most so many bytes. */
    long firstWithin(long most) {
        long piece = oldest;
        long left = bytes;
        for (int size : sizes) {
            if (left <= most) {
                break;
            }
            left -= size;
            piece++;
        }
        return piece;
    }

    /** Adds an event; a piece that is full is written at once. */
    void add(long appendTime, byte[] body) {
        if (gathered.size() > 0 && gathered.size() + body.length > PIECE_BYTES) {
            flush();
        }
        try {
            gathering.writeLong(appendTime);
            gathering.writeInt(body.length);
            gathering.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
    }

    /** Writes what has been gathered, if anything. */
    void flush() {
        if (gathered.size() == 0) {
            return;
        }
        byte[] events = gathered.toByteArray();
        gathered.reset();
        byte[] packed = new byte[HEADER_BYTES + COMPRESSOR.maxCompressedLength(events.length)];
        ByteBuffer.wrap(packed).putLong(SingleObjectFormat.currentFingerprint()).putInt(events.length);
        int length = COMPRESSOR.compress(events, 0, events.length, packed, HEADER_BYTES);
        byte[] piece = Arrays.copyOf(packed, HEADER_BYTES + length);
        store.put(key(current), piece);
        bytes += piece.length;
        sizes.addLast(piece.length);
        current++;
    }

    /** Deletes the pieces before one. */
    void deleteBefore(long piece) {
        while (oldest < Math.min(piece, current)) {
            store.delete(key(oldest));
            bytes -= sizes.removeFirst();
            oldest++;
        }
    }

    /** Shows every event, in the order they were added. */
    void replay(Reader reader) {
        SingleObjectFormat format = new SingleObjectFormat();
        try (KeyValueIterator<Bytes, byte[]> pieces = store.all()) {
            while (pieces.hasNext()) {
                KeyValue<Bytes, byte[]> piece = pieces.next();
                long number = ByteBuffer.wrap(piece.key.get()).getLong();
                ByteBuffer packed = ByteBuffer.wrap(piece.value);
                long schema = packed.getLong();
                byte[] raw = new byte[packed.getInt()];
                DECOMPRESSOR.decompress(piece.value, HEADER_BYTES, piece.value.length - HEADER_BYTES, raw, 0);
                ByteBuffer events = ByteBuffer.wrap(raw);
                while (events.hasRemaining()) {
                    long appendTime = events.getLong();
                    byte[] body = new byte[events.getInt()];
                    events.get(body);
                    HookEvent event = event(format, schema, body);
                    boolean current = schema == SingleObjectFormat.currentFingerprint();
                    reader.read(number, appendTime, event, current ? body : bodyOf(format, event));
                }
            }
        }
    }

    private static HookEvent event(SingleObjectFormat format, long schema, byte[] body) {
        try {
            return format.readBody(body, 0, body.length, schema, null);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a journalled event cannot be read: the state is damaged", e);
        }
    }

    private static byte[] bodyOf(SingleObjectFormat format, HookEvent event) {
        byte[] record = format.write(event);
        return Arrays.copyOfRange(record, SingleObjectFormat.HEADER_BYTES, record.length);
    }

    private static Bytes key(long piece) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(piece).array());
    }
}
