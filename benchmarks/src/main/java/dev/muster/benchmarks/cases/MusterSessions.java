/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.data.Loader;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.streams.SessionStreamsConfig;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.StoreSessionReader;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.SessionTopology;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.streams.state.Stores;

/** Muster's topology as it is shipped: all stores, deduplication, prices, metrics. */
final class MusterSessions implements Case {

    private static final int PARTITIONS = StandaloneTopics.EVENT_PARTITIONS;
    private static final int PAGE = 500;
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
        SessionStreamsConfig config = StreamsPass.config(workload);
        SessionTopology.Options options = new SessionTopology.Options(
                PARTITIONS,
                config.retention(),
                LiveSessions.Bounds.of(config.liveBytes() / PARTITIONS),
                PriceTable.shipped()::cost,
                Stores::persistentKeyValueStore);
        SessionTopology topology = new SessionTopology(options, new SessionMetrics(registry));
        try (StreamsPass pass = new StreamsPass(workload, topology.get())) {
            Pass taken = pass.run(() -> counted(registry));
            check(workload, StoreSessionReader.of(pass.streams(), PARTITIONS, InstantSource.system()));
            return taken;
        }
    }

    private static long counted(MeterRegistry registry) {
        return (long) registry.find(EVENTS).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The sessions' own sums have every fact once, and nothing else. */
    private static void check(Workload workload, SessionReader reader) {
        long sessions = 0;
        long events = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page<SessionView> page = reader.sessions(Loader.ACCOUNT, PAGE, cursor);
            sessions += page.items().size();
            for (SessionView session : page.items()) {
                events += session.figures().events();
            }
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        Case.check("sessions", workload.loaded().sessions(), sessions);
        Case.check("facts in all sessions", workload.loaded().facts(), events);
    }
}
