/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.io.IOException;
import java.io.InputStream;

/**
 * The lines of a file, one after the other, each as a stream of its own that ends where the line does. No line is ever
 * held as a whole, so an image of many megabytes costs no memory.
 */
final class LineStream extends InputStream {

    private static final int BUFFER = 1 << 16;

    private final InputStream file;
    private final long longest;
    private final byte[] buffer = new byte[BUFFER];
    private int from;
    private int to;
    private long position;
    private long length;
    private boolean ended = true;
    private boolean finished;

    /**
     * @param file begins at a line's first byte
     * @param position how far into the file that is
     * @param longest the most bytes of a line that are read; the rest of a longer one is left out
     */
    LineStream(InputStream file, long position, long longest) {
        this.file = file;
        this.position = position;
        this.longest = longest;
    }

    /** Goes to the next line; false at the end of the file. */
    boolean next() throws IOException {
        skipRest();
        if (!fill()) {
            return false;
        }
        length = 0;
        ended = false;
        finished = false;
        return true;
    }

    /** Reads on to where the line ends. */
    void skipRest() throws IOException {
        while (!ended) {
            take(new byte[0], 0, Integer.MAX_VALUE);
        }
    }

    /** How far into the file has been read: after {@link #skipRest}, where the next line begins. */
    long position() {
        return position;
    }

    /** The bytes of the line that were read. */
    long length() {
        return length;
    }

    /** Whether the line has more bytes than are read of any. */
    boolean isTooLong() {
        return length > longest;
    }

    /** Whether the line, read to its end, had a line break there; the last line may still be being written. */
    boolean isFinished() {
        return finished;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int max) throws IOException {
        if (max == 0) {
            return 0;
        }
        int taken = ended || isTooLong() ? 0 : take(into, offset, max);
        return taken == 0 ? -1 : taken;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Takes bytes of the line, copying those that there is room for; the line's end when there are none. */
    private int take(byte[] into, int offset, int max) throws IOException {
        if (!fill()) {
            ended = true;
            return 0;
        }
        int end = from;
        int limit = (int) Math.min(to, (long) from + max);
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        int taken = end - from;
        System.arraycopy(buffer, from, into, offset, Math.min(taken, into.length - offset));
        from = end;
        length += taken;
        if (end < limit) {
            from++;
            position++;
            ended = true;
            finished = true;
        }
        position += taken;
        return taken;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, file.read(buffer, 0, buffer.length));
        }
        return from < to;
    }
}
