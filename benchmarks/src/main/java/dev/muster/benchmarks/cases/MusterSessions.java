/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Muster's topology as it is shipped: all stores, deduplication, prices, metrics. */
final class MusterSessions implements Case {

    private static final String EVENTS = "muster.sessions.events";

    @Override
    public String name() {
        return "muster";
    }

    @Override
    public String description() {
        return "Muster: all stores, deduplication, exactly-once";
    }

    @Override
    public Pass run(Workload workload) {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (StreamsPass pass =
                new StreamsPass(workload, MusterInstance.topology(StreamsPass.config(workload), registry))) {
            Pass taken = pass.run(() -> counted(registry));
            MusterInstance.check(workload.loaded(), MusterInstance.reader(pass.streams()));
            return taken;
        }
    }

    private static long counted(MeterRegistry registry) {
        return (long) registry.find(EVENTS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
