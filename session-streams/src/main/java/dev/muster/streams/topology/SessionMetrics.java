/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.Source;
import dev.muster.streams.model.Session;
import dev.muster.streams.store.CountListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the topology counts of itself. */
public final class SessionMetrics implements CountListener {

    private static final int SOURCE = EventBody.position("source");
    private static final int SESSION_ID = EventBody.position("sessionId");
    private static final Source[] SOURCES = Source.values();

    /** What became of a record. */
    public enum Outcome {
        /** A fact that was not known. */
        NEW,
        /** A copy that told something more. */
        MERGED,
        /** A copy that told nothing more. */
        REPEATED,
        /** An event without a session: kept for the audit log, new or not. */
        NO_SESSION,
        /** An event older than retention: refused. */
        TOO_OLD,
        /** An event on its way to the right partition. */
        REKEYED,
        /** An event that was sent with a key bound to one agent, for a session of another: outside of sessions from here on. */
        SET_ASIDE
    }

    private final Map<Source, Map<Outcome, Counter>> events = new EnumMap<>(Source.class);
    private final Counter taken;
    private final Counter clamped;
    private final Counter absurdDurations;
    private final Counter deadLetters;
    private final Timer freshness;
    private final AtomicInteger unwritten = new AtomicInteger();

    /** Registers the meters. */
    public SessionMetrics(MeterRegistry registry) {
        for (Source source : Source.values()) {
            Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                counters.put(
                        outcome,
                        Counter.builder("muster.sessions.events")
                                .description("Events that the topology took in")
                                .tag("source", source.name().toLowerCase(Locale.ROOT))
                                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                                .register(registry));
            }
            events.put(source, counters);
        }
        clamped = Counter.builder("muster.sessions.clamped")
                .description("Events whose time lay more than 5 minutes ahead of their append time")
                .register(registry);
        absurdDurations = Counter.builder("muster.sessions.absurd.durations")
                .description(
                        "Events that say they lasted longer than 24 hours, or since before retention: they count with their end")
                .register(registry);
        deadLetters = Counter.builder("muster.sessions.dead.letters")
                .description("Records that could not be read")
                .register(registry);
        taken = Counter.builder("muster.sessions.taken")
                .description("Records that the topology took in; what became of an event is counted some seconds later")
                .register(registry);
        Gauge.builder("muster.sessions.unwritten", unwritten, AtomicInteger::get)
                .description("Live sessions whose rows are not up to date; the journal has what they lack")
                .register(registry);
        freshness = Timer.builder("muster.sessions.freshness")
                .description("From a record's append to its being taken in, of one record in a millisecond")
                .register(registry);
    }

    void event(EventBody event, Outcome outcome) {
        Map<Outcome, Counter> counters = events.get(SOURCES[(int) event.number(SOURCE)]);
        if (counters != null) {
            Counter counter = counters.get(outcome);
            if (counter != null) {
                counter.increment();
            }
        }
    }

    @Override
    public void counted(EventBody event, Session.Change change) {
        event(event, event.has(SESSION_ID) ? outcomeOf(change) : Outcome.NO_SESSION);
    }

    private static Outcome outcomeOf(Session.Change change) {
        return switch (change) {
            case NEW -> Outcome.NEW;
            case MERGED -> Outcome.MERGED;
            case REPEATED -> Outcome.REPEATED;
        };
    }

    @Override
    public void unwritten(int by) {
        unwritten.addAndGet(by);
    }

    void clamped() {
        clamped.increment();
    }

    void absurdDuration() {
        absurdDurations.increment();
    }

    void deadLetter() {
        deadLetters.increment();
    }

    /** A record was taken in. */
    void taken() {
        taken.increment();
    }

    void fresh(long appendTime, long now) {
        freshness.record(Duration.ofMillis(Math.max(0, now - appendTime)));
    }
}
