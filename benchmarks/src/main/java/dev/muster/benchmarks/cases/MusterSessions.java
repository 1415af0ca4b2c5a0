/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;

/** Muster's topology as it is shipped, or with some other settings: all stores, deduplication, prices, metrics. */
final class MusterSessions implements Case {

    /** So many sessions are read as the API does; of more, the rows are. */
    private static final int MAX_READ = 50_000;

    private final String name;
    private final String description;
    private final Map<String, String> settings;

    private MusterSessions(String name, String description, Map<String, String> settings) {
        this.name = name;
        this.description = description;
        this.settings = settings;
    }

    /** As it is shipped. */
    static MusterSessions shipped() {
        return new MusterSessions("muster", "Muster: all stores, deduplication, exactly-once", Map.of());
    }

    /** With stores that may hold what was never committed, and are read again after a crash. */
    static MusterSessions withPlainStores() {
        return new MusterSessions(
                "muster-plain", "Muster with plain stores", Map.of(MusterInstance.TRANSACTIONAL_STORES, "false"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Pass run(Workload workload) {
        return run(workload.with(settings), streams -> {});
    }

    /**
     * The same, and then something more.
     *
     * @param after is given the instance while it still runs; its work is not in the pass
     */
    static Pass run(Workload workload, Consumer<KafkaStreams> after) {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (StreamsPass pass =
                new StreamsPass(workload, MusterInstance.topology(StreamsPass.config(workload), registry))) {
            Pass taken = pass.run(() -> taken(registry), () -> isWritten(registry));
            if (workload.warmUp() == 0 && workload.loaded().sessions() > MAX_READ) {
                MusterInstance.checkRows(workload.loaded(), pass.streams());
            } else {
                MusterInstance.check(workload.loaded(), MusterInstance.accounts(pass.streams()));
            }
            after.accept(pass.streams());
            return taken;
        }
    }

    private static long taken(MeterRegistry registry) {
        return (long) registry.get("muster.sessions.taken").counter().count();
    }

    /** Whether no session's rows lag behind the journal any more: half a minute after the last record. */
    private static boolean isWritten(MeterRegistry registry) {
        return registry.get("muster.sessions.unwritten").gauge().value() == 0;
    }
}
