/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.source.MappedBody.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What becomes of the requests of one source, and how long their answers take. */
final class IngestMetrics {

    /** How a request ended. */
    enum Outcome {
        ACCEPTED,
        INVALID,
        UNAUTHORIZED,
        FORBIDDEN,
        AGENT_DELETED,
        RATE_LIMITED,
        UNAVAILABLE
    }

    private static final int MAX_IGNORED_NAMES = 100;

    private final MeterRegistry registry;
    private final Set<String> ignoredNames = ConcurrentHashMap.newKeySet();
    private final Timer answer;
    private final Meter.MeterProvider<Counter> events;
    private final Meter.MeterProvider<Counter> ignored;

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
        ignored = Counter.builder("muster.collector.ignored")
                .description("Parts of requests that were read and hold nothing that is counted, by their name")
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

    /** Counts a part of a request that was not taken. */
    void refused(Refusal refusal) {
        counter(
                        switch (refusal.reason()) {
                            case INVALID -> Outcome.INVALID;
                            case AGENT_DELETED -> Outcome.AGENT_DELETED;
                        })
                .increment();
    }

    /** Counts what holds nothing that is counted. Of names that senders make up only so many are told apart. */
    void ignored(Map<String, Integer> byName) {
        byName.forEach((name, count) -> {
            boolean known = ignoredNames.contains(name);
            if (!known && ignoredNames.size() < MAX_IGNORED_NAMES) {
                known = true;
                ignoredNames.add(name);
            }
            ignored.withTag("name", known ? name : "other").increment(count);
        });
    }

    private Counter counter(Outcome outcome) {
        return events.withTag("outcome", outcome.name().toLowerCase(Locale.ROOT));
    }
}
