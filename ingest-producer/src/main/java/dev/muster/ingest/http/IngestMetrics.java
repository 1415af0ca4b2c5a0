/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/** What becomes of the requests of one source, and how long their answers take. */
final class IngestMetrics {

    /** How a request ended. */
    enum Outcome {
        ACCEPTED,
        INVALID,
        UNAUTHORIZED,
        UNAVAILABLE
    }

    private final MeterRegistry registry;
    private final Timer answer;
    private final Meter.MeterProvider<Counter> events;

    IngestMetrics(MeterRegistry registry, String source) {
        this.registry = registry;
        answer = Timer.builder("muster.collector.answer")
                .description("Time from a request to its answer")
                .tag("source", source)
                .register(registry);
        events = Counter.builder("muster.collector.events")
                .description("Events by source and outcome")
                .tag("source", source)
                .withRegistry(registry);
        for (Outcome outcome : Outcome.values()) {
            counter(outcome).increment(0);
        }
    }

    Timer.Sample begin() {
        return Timer.start(registry);
    }

    /** Counts events; a request whose events were never made out counts as one. */
    void end(Timer.Sample sample, Outcome outcome, int count) {
        counter(outcome).increment(count);
        sample.stop(answer);
    }

    private Counter counter(Outcome outcome) {
        return events.withTag("outcome", outcome.name().toLowerCase(Locale.ROOT));
    }
}
