/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.spool;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Registers the meters of a spool. */
final class SpoolMetrics {

    private SpoolMetrics() {}

    static void register(MeterRegistry registry, SpoolCounts counts, InstantSource clock) {
        Gauge.builder("muster.spool.records", counts, SpoolCounts::records)
                .description("Events that wait on disk for Kafka")
                .register(registry);
        Gauge.builder("muster.spool.size", counts, SpoolCounts::bytes)
                .description("Bytes of all events in the spool")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("muster.spool.aside", counts, SpoolCounts::aside)
                .description("Events that Kafka refused for good, kept in the spool")
                .register(registry);
        TimeGauge.builder("muster.spool.oldest.age", counts, TimeUnit.MILLISECONDS, all -> age(all, clock))
                .description("Since when the oldest event waits, 0 if none does")
                .register(registry);
        FunctionCounter.builder("muster.spool.spooled", counts, SpoolCounts::spooled)
                .description("Events that went to the spool")
                .register(registry);
        FunctionCounter.builder("muster.spool.drained", counts, SpoolCounts::drained)
                .description("Events of the spool that Kafka took")
                .register(registry);
    }

    private static double age(SpoolCounts counts, InstantSource clock) {
        return counts.oldest().stream()
                .mapToDouble(oldest -> Math.max(0, clock.millis() - oldest))
                .findFirst()
                .orElse(0);
    }
}
