/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Holds a sender to a rate; what it falls behind it catches up with as fast as it can. */
final class Pace {

    private static final double NANOS = 1e9;
    private static final Duration TICK = Duration.ofMillis(1);

    private final int rate;
    private final long began = System.nanoTime();

    /** Begins now, with so many events a second. */
    Pace(int rate) {
        this.rate = rate;
    }

    /** Returns when it is the turn of an event before which so many were sent. */
    void await(long sent) {
        while (sent > seconds() * rate) {
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    /** The seconds since it began. */
    double seconds() {
        return (System.nanoTime() - began) / NANOS;
    }
}
