/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.SingleObjectFormat;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/** Facts of a session that stand together in time, their bodies compressed as one. */
final class Chunk {

    /** Keeps a value far below what one changelog record may hold, also before compression. */
    static final int MAX_BYTES = 160 * 1024;

    private static final int COMPRESS_FROM_BYTES = 512;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    final FactPosition fence;
    /** The fingerprint of the schema that all bodies are written with. */
    final long schema;

    /** Whether it has a row of its own, older or not. */
    boolean stored;

    private final List<FactRow> rows;
    private int bytes;

    private Chunk(FactPosition fence, long schema, List<FactRow> rows) {
        this.fence = fence;
        this.schema = schema;
        this.rows = rows;
        rows.forEach(row -> bytes += row.weight());
    }

    static Chunk of(FactRow first) {
        List<FactRow> rows = new ArrayList<>();
        rows.add(first);
        return new Chunk(first.fence(), SingleObjectFormat.currentFingerprint(), rows);
    }

    List<FactRow> rows() {
        return rows;
    }

    int weight() {
        return bytes;
    }

    boolean isFullFor(FactRow row, int mostRows) {
        return rows.size() >= mostRows || bytes + row.weight() > MAX_BYTES;
    }

    /** Whether it must be split; what is too large alone stays whole. */
    boolean isTooLarge(int mostRows) {
        return rows.size() > 1 && (rows.size() > mostRows || bytes > MAX_BYTES);
    }

    boolean endsBefore(FactPosition place) {
        return rows.isEmpty() || rows.get(rows.size() - 1).order(place.time(), place.id()) < 0;
    }

    @Nullable
    FactRow find(FactPosition place) {
        int at = search(place);
        return at >= 0 ? rows.get(at) : null;
    }

    void insert(FactRow row) {
        boolean behindAll = rows.isEmpty() || rows.get(rows.size() - 1).order(row.time(), row.id()) < 0;
        rows.add(behindAll ? rows.size() : -search(row.fence()) - 1, row);
        bytes += row.weight();
    }

    void replace(FactRow row) {
        FactRow old = rows.set(search(row.fence()), row);
        bytes += row.weight() - old.weight();
    }

    void remove(FactPosition place) {
        bytes -= rows.remove(search(place)).weight();
    }

    /** Two chunks with a half of the facts each, both fenced by their first: this one's fence may lie behind some. */
    List<Chunk> halves() {
        int middle = rows.size() / 2;
        return List.of(half(rows.subList(0, middle)), half(rows.subList(middle, rows.size())));
    }

    private Chunk half(List<FactRow> part) {
        return new Chunk(part.get(0).fence(), schema, new ArrayList<>(part));
    }

    private int search(FactPosition place) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = rows.get(middle).order(place.time(), place.id());
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.CHUNK);
        out.number(schema);
        out.array(rows.size());
        int length = 0;
        for (FactRow row : rows) {
            row.write(out);
            length += row.body().length;
        }
        out.arrayEnd();
        int max = COMPRESSOR.maxCompressedLength(length);
        byte[] space = out.space(length + max);
        int at = 0;
        for (FactRow row : rows) {
            System.arraycopy(row.body(), 0, space, at, row.body().length);
            at += row.body().length;
        }
        boolean compressed = length >= COMPRESS_FROM_BYTES;
        out.number(compressed ? length : 0);
        if (compressed) {
            out.bytes(space, length, COMPRESSOR.compress(space, 0, length, space, length, max));
        } else {
            out.bytes(space, 0, length);
        }
        return out.end();
    }

    static Chunk read(FactPosition fence, byte[] value) {
        StateInput in = StateInput.of(StateSchema.CHUNK, value);
        long schema = in.number();
        List<FactRow> rows = new ArrayList<>();
        in.array(() -> rows.add(FactRow.read(in)));
        int length = (int) in.number();
        byte[] stored = in.bytes();
        byte[] bodies = length == 0 ? stored : DECOMPRESSOR.decompress(stored, length);
        int at = 0;
        for (FactRow row : rows) {
            System.arraycopy(bodies, at, row.body(), 0, row.body().length);
            at += row.body().length;
        }
        return new Chunk(fence, schema, rows);
    }

    /** The same chunk with every body in the schema of today. */
    Chunk inCurrentSchema() {
        if (schema == SingleObjectFormat.currentFingerprint()) {
            return this;
        }
        List<FactRow> rewritten = new ArrayList<>();
        rows.forEach(row -> rewritten.add(row.with(FactBodies.write(FactBodies.read(schema, row.body())))));
        return new Chunk(fence, SingleObjectFormat.currentFingerprint(), rewritten);
    }

    /** The rows of a chunk without their bodies, which stay compressed. */
    static List<FactRow> readHeads(byte[] value) {
        StateInput in = StateInput.of(StateSchema.CHUNK, value);
        in.number();
        List<FactRow> rows = new ArrayList<>();
        in.array(() -> rows.add(FactRow.read(in)));
        return rows;
    }
}
