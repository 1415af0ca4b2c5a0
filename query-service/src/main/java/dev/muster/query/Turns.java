/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import io.javalin.http.Handler;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Turns at reading. What is read for an answer lies in memory, as views, as JSON and as bytes, so few are read at a time, by the
 * size of the heap; the others wait. A turn ends when the answer's bytes are there: a slow client does not keep one.
 */
final class Turns {

    /** Of so much heap one turn is made: a page takes a tenth of it, or at worst a third, and most of the heap is the sessions'. */
    private static final long HEAP_BYTES = 96L << 20;

    private static final int FEWEST = 2;
    private static final int MOST = 32;
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore free;
    private final Duration patience;

    /** As many turns at a time as the heap has room for. */
    Turns() {
        this((int) Math.max(FEWEST, Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_BYTES)), PATIENCE);
    }

    /**
     * Turns.
     *
     * @param atOnce so many at a time
     * @param patience how long one is waited for before the client is told to come again
     */
    Turns(int atOnce, Duration patience) {
        free = new Semaphore(atOnce, true);
        this.patience = patience;
    }

    /** A handler that waits for its turn. */
    Handler inTurn(Handler handler) {
        return request -> {
            begin();
            try {
                handler.handle(request);
            } finally {
                free.release();
            }
        };
    }

    /** Reads something when its turn has come. */
    <T> T inTurn(Supplier<T> reading) {
        begin();
        try {
            return reading.get();
        } finally {
            free.release();
        }
    }

    private void begin() {
        boolean begun;
        try {
            begun = free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            begun = false;
        }
        if (!begun) {
            throw new ServiceUnavailableResponse("Too much is being read at the moment; ask again.");
        }
    }
}
