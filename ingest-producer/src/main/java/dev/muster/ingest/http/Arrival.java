/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.muster.ingest.http.Received.Body;
import dev.muster.ingest.http.Received.Reason;
import dev.muster.ingest.http.Received.Refused;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * A body as it arrives. No thread waits for it, so a sender that stops in the middle holds up nobody.
 *
 * <p>Most clients send all of a request before they read the answer, and lose the answer when the connection is closed
 * meanwhile. So the rest of a body that is refused is read and thrown away, if it is not long.
 */
final class Arrival implements ReadListener {

    /** So much of a body that is refused is read to let its sender come to the answer. */
    static final int MOST_DISCARDED = 4 * 1024 * 1024;

    private static final long PAUSE_MILLIS = 50;
    private static final int MOST_PAUSES = 20;

    private final ServletInputStream in;
    private final int most;
    private final Share share;
    private final Executor threads;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<Received> whole = new CompletableFuture<>();
    private Optional<Reason> refused;
    private int discarded;
    private int pauses;

    /**
     * A body that is to come.
     *
     * @param most the most bytes that it may have
     * @param share what it may hold
     * @param refused why it will be refused, whatever it is
     * @param threads read on after a pause, and refuse what is late
     */
    Arrival(ServletInputStream in, int most, Share share, Optional<Reason> refused, Executor threads) {
        this.in = in;
        this.most = most;
        this.share = share;
        this.refused = refused;
        this.threads = threads;
    }

    /** The body once it is there, or why it was refused; what is not there after so long is. */
    CompletableFuture<Received> within(Duration patience) {
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().completeOnTimeout(null, patience.toMillis(), MILLISECONDS);
        CompletableFuture<Void> unused = deadline.thenRunAsync(() -> refuse(Reason.LATE), threads);
        return whole.whenComplete((received, failure) -> {
            deadline.cancel(false);
            if (received instanceof Refused) {
                share.close();
            }
        });
    }

    private void refuse(Reason reason) {
        whole.complete(new Refused(reason, false));
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] block = new byte[Share.BLOCK];
        while (!whole.isDone() && in.isReady() && !in.isFinished()) {
            int room = share.bytes() - kept.size();
            if (refused.isPresent()) {
                discard(in.read(block));
            } else if (room > 0) {
                keep(block, in.read(block, 0, Math.min(room, block.length)));
            } else if (!share.grow()) {
                pause();
                return;
            }
        }
    }

    private void keep(byte[] block, int count) {
        if (count > 0) {
            kept.write(block, 0, count);
        }
        if (kept.size() > most) {
            keepNothing(Reason.TOO_LARGE);
        }
    }

    private void keepNothing(Reason reason) {
        refused = Optional.of(reason);
        kept = new ByteArrayOutputStream();
        share.close();
    }

    private void discard(int count) {
        discarded += Math.max(0, count);
        if (discarded > MOST_DISCARDED) {
            refuse(refused.orElseThrow());
        }
    }

    /** Others hold all there is; they may be done with it soon. */
    private void pause() {
        pauses++;
        if (pauses > MOST_PAUSES) {
            keepNothing(Reason.BUSY);
        }
        delayedExecutor(PAUSE_MILLIS, MILLISECONDS, threads).execute(() -> {
            try {
                onDataAvailable();
            } catch (IOException | RuntimeException e) {
                onError(e);
            }
        });
    }

    @Override
    public void onAllDataRead() {
        whole.complete(refused.<Received>map(reason -> new Refused(reason, true))
                .orElseGet(() -> new Body(kept.toByteArray(), share)));
    }

    @Override
    public void onError(Throwable failure) {
        refuse(failure instanceof TimeoutException ? Reason.LATE : Reason.BROKEN);
    }
}
