/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.http.BodyRefusedException.Reason;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads requests' bodies, gzipped or as they are. A body is read as far as its bound, whatever it claims and however well
 * it is compressed; one that claims to be larger is not read at all. And all that are held at a time have a bound together: who comes beyond it waits a little, then is
 * told to come again.
 */
final class Bodies {

    private static final int BLOCK = 16 * 1024;
    private static final long PATIENCE_MILLIS = 1000;

    private final Semaphore blocks;

    /**
     * Reads bodies.
     *
     * @param most the most bytes that all bodies together may take
     */
    Bodies(long most) {
        blocks = new Semaphore((int) Math.max(1, most / BLOCK), true);
    }

    /** A body that was read, which counts against the bound until it is closed. */
    final class Body implements AutoCloseable {

        private byte[] bytes = {};
        private int held;

        private Body() {}

        byte[] bytes() {
            return bytes;
        }

        private void hold() throws BodyRefusedException {
            try {
                if (!blocks.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new BodyRefusedException(Reason.BUSY);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BodyRefusedException(Reason.BUSY);
            }
            held++;
        }

        @Override
        public void close() {
            blocks.release(held);
            held = 0;
        }
    }

    /**
     * Reads a request's body.
     *
     * @param most the most bytes that it may have, when decoded too
     * @throws IOException if the connection breaks
     */
    Body read(Context context, int most) throws IOException, BodyRefusedException {
        String encoding = Optional.ofNullable(context.header(Header.CONTENT_ENCODING))
                .map(header -> header.strip().toLowerCase(Locale.ROOT))
                .orElse("");
        InputStream in = context.req().getInputStream();
        return switch (encoding) {
            case "", "identity" -> plain(context, in, most);
            case "gzip", "x-gzip" -> unzipped(in, most);
            default -> throw new BodyRefusedException(Reason.UNKNOWN_ENCODING);
        };
    }

    private Body plain(Context context, InputStream in, int most) throws IOException, BodyRefusedException {
        if (context.req().getContentLengthLong() > most) {
            throw new BodyRefusedException(Reason.TOO_LARGE);
        }
        return read(in, most);
    }

    private Body unzipped(InputStream in, int most) throws IOException, BodyRefusedException {
        try (GZIPInputStream unzipped = new GZIPInputStream(in, BLOCK)) {
            return read(unzipped, most);
        } catch (ZipException | EOFException e) {
            throw new BodyRefusedException(Reason.MALFORMED_ENCODING);
        }
    }

    private Body read(InputStream in, int most) throws IOException, BodyRefusedException {
        Body body = new Body();
        boolean whole = false;
        try {
            ByteArrayOutputStream read = new ByteArrayOutputStream(BLOCK);
            byte[] block = new byte[BLOCK];
            int count;
            do {
                body.hold();
                count = in.readNBytes(block, 0, Math.min(BLOCK, most + 1 - read.size()));
                read.write(block, 0, count);
            } while (count == BLOCK);
            if (read.size() > most) {
                throw new BodyRefusedException(Reason.TOO_LARGE);
            }
            body.bytes = read.toByteArray();
            whole = true;
            return body;
        } finally {
            if (!whole) {
                body.close();
            }
        }
    }
}
