/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.SingleObjectFormat;
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

    /** Before each event: when its record was appended, and its length. */
    private static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    private final KeyValueStore<Bytes, byte[]> store;
    private byte[] gathered = new byte[16 << 10];
    private int size;
    private byte[] packed = {};
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
         * @param event valid until the next one
         */
        void read(long piece, long appendTime, EventBody event);
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
    long firstWithin(long max) {
        long piece = oldest;
        long left = bytes;
        for (int size : sizes) {
            if (left <= max) {
                break;
            }
            left -= size;
            piece++;
        }
        return piece;
    }

    /** Adds an event; a piece that is full is written at once. */
    void add(long appendTime, EventBody event) {
        int length = ENTRY_BYTES + event.length();
        if (size > 0 && size + length > PIECE_BYTES) {
            flush();
        }
        if (size + length > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(size + length, 2 * gathered.length));
        }
        ByteBuffer.wrap(gathered, size, ENTRY_BYTES).putLong(appendTime).putInt(event.length());
        System.arraycopy(event.bytes(), event.start(), gathered, size + ENTRY_BYTES, event.length());
        size += length;
    }

    /** Writes what has been gathered, if anything. */
    void flush() {
        if (size == 0) {
            return;
        }
        int max = HEADER_BYTES + COMPRESSOR.maxCompressedLength(size);
        packed = packed.length < max ? new byte[max] : packed;
        ByteBuffer.wrap(packed).putLong(SingleObjectFormat.currentFingerprint()).putInt(size);
        int length = COMPRESSOR.compress(gathered, 0, size, packed, HEADER_BYTES);
        size = 0;
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
                    int length = events.getInt();
                    reader.read(number, appendTime, event(format, schema, raw, events.position(), length));
                    events.position(events.position() + length);
                }
            }
        }
    }

    private static EventBody event(SingleObjectFormat format, long schema, byte[] raw, int at, int length) {
        EventBody event = new EventBody();
        try {
            if (schema == SingleObjectFormat.currentFingerprint()) {
                event.over(raw, at, length);
            } else {
                byte[] record = format.write(format.readBody(raw, at, length, schema, null));
                event.over(record, SingleObjectFormat.HEADER_BYTES, record.length - SingleObjectFormat.HEADER_BYTES);
            }
            return event;
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a journalled event cannot be read: the state is damaged", e);
        }
    }

    private static Bytes key(long piece) {
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(piece).array());
    }
}
