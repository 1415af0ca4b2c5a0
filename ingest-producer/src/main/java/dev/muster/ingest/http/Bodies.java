/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.http.BodyResult.Body;
import dev.muster.ingest.http.BodyResult.Reason;
import dev.muster.ingest.http.BodyResult.Refused;
import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;

/**
 * Reads requests' bodies, gzipped or as they are. A body is kept as far as its bound, whatever it claims and however well
 * it is compressed, and has a time to arrive in. And all that are held at a time have a bound together: who comes beyond
 * it waits a little, then is told to come again.
 */
final class Bodies {

    private final Semaphore blocks;
    private final Duration timeout;
    private final Executor threads;

    /**
     * Reads bodies.
     *
     * @param max the most bytes that all bodies together may take
     * @param timeout how long a body may take to arrive
     * @param threads go on with bodies that had to wait, or did not come
     */
    Bodies(long max, Duration timeout, Executor threads) {
        blocks = new Semaphore((int) Math.max(1, max / BodyLease.BLOCK));
        this.timeout = timeout;
        this.threads = threads;
    }

    /**
     * Reads the body of a request that is answered asynchronously.
     *
     * @param max the most bytes that it may have, when decoded too
     */
    CompletableFuture<BodyResult> read(Context context, int max) {
        String encoding = Optional.ofNullable(context.header(Header.CONTENT_ENCODING))
                .map(header -> header.strip().toLowerCase(Locale.ROOT))
                .orElse("");
        return switch (encoding) {
            case "", "identity" -> arrive(context, max, Optional.empty());
            case "gzip", "x-gzip" ->
                arrive(context, max, Optional.empty())
                        .thenApply(received -> received instanceof Body body ? unzipped(body, max) : received);
            default -> arrive(context, max, Optional.of(Reason.UNKNOWN_ENCODING));
        };
    }

    /**
     * Reads a body away, if it is not long; keeps none of it.
     *
     * @return whether it was read to its end, so that the connection can be used on
     */
    CompletableFuture<Boolean> discard(Context context) {
        return arrive(context, 0, Optional.of(Reason.TOO_LARGE))
                .thenApply(received -> received instanceof Refused refused && refused.ended());
    }

    private CompletableFuture<BodyResult> arrive(Context context, int max, Optional<Reason> refused) {
        long length = context.req().getContentLengthLong();
        if (length > (long) max + BodyListener.MAX_DISCARDED) {
            return CompletableFuture.completedFuture(new Refused(refused.orElse(Reason.TOO_LARGE), false));
        }
        ServletInputStream in;
        try {
            in = context.req().getInputStream();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        BodyListener listener = new BodyListener(in, max, new BodyLease(blocks), refused, threads);
        in.setReadListener(listener);
        return listener.within(timeout);
    }

    private BodyResult unzipped(Body zipped, int max) {
        BodyLease lease = new BodyLease(blocks);
        BodyResult received;
        try (zipped;
                InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.bytes()), BodyLease.BLOCK)) {
            received = read(in, max, lease);
        } catch (IOException e) {
            received = new Refused(Reason.MALFORMED_ENCODING, true);
        }
        if (received instanceof Refused) {
            lease.close();
        }
        return received;
    }

    private static BodyResult read(InputStream in, int max, BodyLease lease) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] block = new byte[BodyLease.BLOCK];
        int count;
        do {
            if (!lease.grow()) {
                return new Refused(Reason.BUSY, true);
            }
            count = in.readNBytes(block, 0, BodyLease.BLOCK);
            read.write(block, 0, count);
        } while (count == BodyLease.BLOCK && read.size() <= max);
        return read.size() > max ? new Refused(Reason.TOO_LARGE, true) : new Body(read.toByteArray(), lease);
    }
}
