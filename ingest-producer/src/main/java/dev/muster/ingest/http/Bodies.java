/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.http.Received.Body;
import dev.muster.ingest.http.Received.Reason;
import dev.muster.ingest.http.Received.Refused;
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
    private final Duration patience;
    private final Executor threads;

    /**
     * Reads bodies.
     *
     * @param most the most bytes that all bodies together may take
     * @param patience how long a body may take to arrive
     * @param threads go on with bodies that had to wait, or did not come
     */
    Bodies(long most, Duration patience, Executor threads) {
        blocks = new Semaphore((int) Math.max(1, most / Share.BLOCK));
        this.patience = patience;
        this.threads = threads;
    }

    /**
     * Reads the body of a request that is answered asynchronously.
     *
     * @param most the most bytes that it may have, when decoded too
     */
    CompletableFuture<Received> read(Context context, int most) {
        String encoding = Optional.ofNullable(context.header(Header.CONTENT_ENCODING))
                .map(header -> header.strip().toLowerCase(Locale.ROOT))
                .orElse("");
        return switch (encoding) {
            case "", "identity" -> arrive(context, most, Optional.empty());
            case "gzip", "x-gzip" ->
                arrive(context, most, Optional.empty())
                        .thenApply(received -> received instanceof Body body ? unzipped(body, most) : received);
            default -> arrive(context, most, Optional.of(Reason.UNKNOWN_ENCODING));
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

    private CompletableFuture<Received> arrive(Context context, int most, Optional<Reason> refused) {
        long length = context.req().getContentLengthLong();
        if (length > (long) most + Arrival.MOST_DISCARDED) {
            return CompletableFuture.completedFuture(new Refused(refused.orElse(Reason.TOO_LARGE), false));
        }
        ServletInputStream in;
        try {
            in = context.req().getInputStream();
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        Arrival arrival = new Arrival(in, most, new Share(blocks), refused, threads);
        in.setReadListener(arrival);
        return arrival.within(patience);
    }

    private Received unzipped(Body zipped, int most) {
        Share share = new Share(blocks);
        Received received;
        try (zipped;
                InputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.bytes()), Share.BLOCK)) {
            received = read(in, most, share);
        } catch (IOException e) {
            received = new Refused(Reason.MALFORMED_ENCODING, true);
        }
        if (received instanceof Refused) {
            share.close();
        }
        return received;
    }

    private static Received read(InputStream in, int most, Share share) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] block = new byte[Share.BLOCK];
        int count;
        do {
            if (!share.grow()) {
                return new Refused(Reason.BUSY, true);
            }
            count = in.readNBytes(block, 0, Share.BLOCK);
            read.write(block, 0, count);
        } while (count == Share.BLOCK && read.size() <= most);
        return read.size() > most ? new Refused(Reason.TOO_LARGE, true) : new Body(read.toByteArray(), share);
    }
}
