/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C or SIGTERM, for a thread that waits for it and then stops things. The process ends when this is closed, or
 * after half a minute.
 */
final class StopSignal implements AutoCloseable {

    private static final long LONGEST_STOP_S = 30;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);

    private StopSignal() {}

    static StopSignal onShutdown() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::holdTheProcess, "muster-stop"));
        return signal;
    }

    /** Whether the process was told to end. */
    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Waits until the process is told to end, for so long at most; whether it is. */
    boolean await(Duration atMost) throws InterruptedException {
        return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets the process end: everything is stopped. */
    @Override
    public void close() {
        finished.countDown();
    }

    private void holdTheProcess() {
        requested.countDown();
        try {
            if (!finished.await(LONGEST_STOP_S, TimeUnit.SECONDS)) {
                System.err.println("Muster did not stop within " + LONGEST_STOP_S + " s and is ended as it is.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
