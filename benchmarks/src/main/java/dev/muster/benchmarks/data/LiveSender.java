/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Sends a data set's events as they would come: so many a second, whether or not anyone keeps up. */
public final class LiveSender {

    private static final double NANOS = 1e9;
    private static final Duration TICK = Duration.ofMillis(1);

    private LiveSender() {}

    /**
     * Sends all of it; what it falls behind it catches up with as fast as it can.
     *
     * @param rate events a second
     * @param from how many events are sent before the rate is measured
     * @return the events a second that were sent from then on, acknowledged ones only
     * @throws IllegalStateException if the broker refuses a record
     */
    public static double send(String bootstrap, DataSet data, Instant now, int rate, int from) {
        EventStream events = data.stream(now);
        EventSender sender = new EventSender(bootstrap);
        long began = System.nanoTime();
        long measuredSince = began;
        try (sender) {
            for (int sent = 0; events.hasNext(); sent++) {
                while (sent > (System.nanoTime() - began) / NANOS * rate) {
                    LockSupport.parkNanos(TICK.toNanos());
                }
                if (sent == from) {
                    measuredSince = System.nanoTime();
                }
                sender.send(events.next());
            }
        }
        return (data.records() - from) / ((System.nanoTime() - measuredSince) / NANOS);
    }
}
