/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.muster.ingest.http.BodyResult.Body;
import dev.muster.ingest.http.BodyResult.Reason;
import dev.muster.ingest.http.BodyResult.Refused;
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
final class BodyListener implements ReadListener {

    /** So much of a body that is refused is read to let its sender come to the answer. */
    static final int MAX_DISCARDED = 4 * 1024 * 1024;

    private static final long PAUSE_MILLIS = 50;
    private static final int MAX_PAUSES = 20;

    private final ServletInputStream in;
    private final int max;
    private final BodyLease lease;
    private final Executor threads;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<BodyResult> whole = new CompletableFuture<>();
    private Optional<Reason> refused;
    private int discarded;
    private int pauses;

    /**
     * A body that is to come.
     *
     * @param max the most bytes that it may have
     * @param lease what it may hold
     * @param refused why it will be refused, whatever it is
     * @param threads read on after a pause, and refuse what is late
     */
    BodyListener(ServletInputStream in, int max, BodyLease lease, Optional<Reason> refused, Executor threads) {
        this.in = in;
        this.max = max;
        this.lease = lease;
        this.refused = refused;
        this.threads = threads;
    }

    /** The body once it is there, or why it was refused; what is not there after so long is. */
    CompletableFuture<BodyResult> within(Duration timeout) {
        CompletableFuture<Void> deadline =
                new CompletableFuture<Void>().completeOnTimeout(null, timeout.toMillis(), MILLISECONDS);
        CompletableFuture<Void> unused = deadline.thenRunAsync(() -> refuse(Reason.LATE), threads);
        return whole.whenComplete((received, failure) -> {
            deadline.cancel(false);
            if (received instanceof Refused) {
                lease.close();
            }
        });
    }

    private void refuse(Reason reason) {
        whole.complete(new Refused(reason, false));
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] block = new byte[BodyLease.BLOCK];
        while (!whole.isDone() && in.isReady() && !in.isFinished()) {
            int budget = lease.bytes() - kept.size();
            if (refused.isPresent()) {
                discard(in.read(block));
            } else if (budget > 0) {
                keep(block, in.read(block, 0, Math.min(budget, block.length)));
            } else if (!lease.grow()) {
                pause();
                return;
            }
        }
    }

    private void keep(byte[] block, int count) {
        if (count > 0) {
            kept.write(block, 0, count);
        }
        if (kept.size() > max) {
            keepNothing(Reason.TOO_LARGE);
        }
    }

    private void keepNothing(Reason reason) {
        refused = Optional.of(reason);
        kept = new ByteArrayOutputStream();
        lease.close();
    }

    private void discard(int count) {
        discarded += Math.max(0, count);
        if (discarded > MAX_DISCARDED) {
            refuse(refused.orElseThrow());
        }
    }

    /** Others hold all there is; they may be done with it soon. */
    private void pause() {
        pauses++;
        if (pauses > MAX_PAUSES) {
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
        whole.complete(refused.<BodyResult>map(reason -> new Refused(reason, true))
                .orElseGet(() -> new Body(kept.toByteArray(), lease)));
    }

    @Override
    public void onError(Throwable failure) {
        refuse(failure instanceof TimeoutException ? Reason.LATE : Reason.BROKEN);
    }
}
