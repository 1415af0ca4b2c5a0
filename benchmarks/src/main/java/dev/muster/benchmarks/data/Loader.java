/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.SingleObjectFormat;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Fills the topic of events before anything reads it. */
public final class Loader {

    /** The account of all events. */
    public static final String ACCOUNT = SessionEvents.ACCOUNT;

    private Loader() {}

    /**
     * Sends all of it, and returns when the broker has acknowledged everything.
     *
     * @throws IllegalStateException if the broker refuses a record
     */
    public static Loaded load(String bootstrap, DataSet data, Instant now) {
        EventStream events = data.stream(now);
        EventSender sender = new EventSender(bootstrap);
        try (sender) {
            events.forEachRemaining(sender::send);
        }
        return loaded(data, events, sender.bytes());
    }

    /**
     * Sends a fleet's events, and returns when the broker has acknowledged everything.
     *
     * @param progress is told how many were sent, after each session
     * @throws IllegalStateException if the broker refuses a record
     */
    public static Loaded load(String bootstrap, FleetScript script, LongConsumer progress) {
        LongAdder sent = new LongAdder();
        EventSender sender = new EventSender(bootstrap);
        try (sender) {
            script.plans().forEach(plan -> {
                script.tell(plan, sender::send);
                sent.add(plan.events());
                progress.accept(sent.sum());
            });
        }
        return new Loaded("fleet", sent.sum(), sent.sum(), script.sessions(), sender.bytes());
    }

    /** What {@link #load(String, DataSet, Instant)} would say, without sending: what a case must find that starts before its data comes. */
    public static Loaded rehearse(DataSet data, Instant now) {
        SingleObjectFormat format = new SingleObjectFormat();
        EventStream events = data.stream(now);
        long bytes = 0;
        while (events.hasNext()) {
            bytes += format.write(events.next()).length;
        }
        return loaded(data, events, bytes);
    }

    private static Loaded loaded(DataSet data, EventStream events, long bytes) {
        return new Loaded(data.name(), data.records(), data.records() - events.repeats(), data.sessions(), bytes);
    }
}
