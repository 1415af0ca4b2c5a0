/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Instant;

/** Sends a data set's events as they would come: so many a second, whether or not anyone keeps up. */
public final class LiveSender {

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
        Pace pace = new Pace(rate);
        double measuredSince = 0;
        try (sender) {
            for (int sent = 0; events.hasNext(); sent++) {
                pace.await(sent);
                if (sent == from) {
                    measuredSince = pace.seconds();
                }
                sender.send(events.next());
            }
        }
        return (data.records() - from) / (pace.seconds() - measuredSince);
    }
}
