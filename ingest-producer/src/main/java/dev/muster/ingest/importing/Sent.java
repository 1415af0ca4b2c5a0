/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import dev.muster.schemas.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How far a file has been sent.
 *
 * @param number the file's own, 1 or more, which never changes
 * @param offset the bytes that the collector has acknowledged
 * @param lines the lines in them
 * @param print a hash of the first and the last of them; a file that was rewritten has another
 */
record Sent(int number, long offset, long lines, long print) {

    private static final int SAMPLE = 1024;

    /** Nothing of it yet. */
    static Sent nothing(int number) {
        return new Sent(number, 0, 0, 0);
    }

    /** Takes the file up to an offset as sent. */
    Sent upTo(Path file, long end, long line) throws IOException {
        return new Sent(number, end, line, print(file, end));
    }

    /** This, or nothing if the file no longer begins with what was sent. */
    Sent stillOf(Path file) throws IOException {
        return offset == 0 || print(file, offset) == print ? this : nothing(number);
    }

    private static long print(Path file, long end) throws IOException {
        int sample = (int) Math.min(SAMPLE, end);
        ByteBuffer samples = ByteBuffer.allocate(2 * sample);
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < end) {
                return 0;
            }
            read(channel, 0, samples.limit(sample));
            read(channel, end - sample, samples.limit(2 * sample));
        }
        return ByteBuffer.wrap(Digests.sha256(samples.array())).getLong();
    }

    private static void read(FileChannel channel, long from, ByteBuffer into) throws IOException {
        for (long at = from; into.hasRemaining(); ) {
            int read = channel.read(into, at);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += read;
        }
    }
}
