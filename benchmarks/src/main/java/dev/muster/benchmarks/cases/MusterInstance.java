/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.standalone.broker.StandaloneTopics;
import dev.muster.streams.SessionStreamsConfig;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.read.gather.GatheringAccountReader;
import dev.muster.streams.read.shard.LocalSessionReader;
import dev.muster.streams.read.shard.LocalShard;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.SessionStores;
import dev.muster.streams.topology.MusterTopology;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.TopologyOptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Muster's topology as it is shipped, and its sessions as its API reads them. */
public final class MusterInstance {

    /** The tasks of a topology: one for each partition of the events. */
    public static final int TASKS = StandaloneTopics.EVENT_PARTITIONS;

    /** The setting that makes stores transactional: {@code true} or {@code false}. */
    public static final String TRANSACTIONAL_STORES = "MUSTER_TRANSACTIONAL_STATE_STORES";

    private static final int PAGE = 500;

    private MusterInstance() {}

    /** The topology, for a standalone broker. */
    public static Topology topology(SessionStreamsConfig config, MeterRegistry registry) {
        TopologyOptions options = new TopologyOptions(
                TASKS,
                config.retention(),
                LiveSessions.Bounds.of(config.liveBytes() / TASKS).amongTasks(TASKS),
                new IndexMemory(config.indexBytes()),
                SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                WriterSchemas.none(),
                Stores::persistentKeyValueStore);
        return new MusterTopology(options, new SessionMetrics(registry)).get();
    }

    /** Reads the sessions of an instance that runs it. */
    public static SessionReader reader(KafkaStreams streams) {
        return reader(streams, InstantSource.system());
    }

    /** The same by a clock of one's own. */
    public static SessionReader reader(KafkaStreams streams, InstantSource clock) {
        return LocalSessionReader.of(streams, TASKS, new AgentControls(), () -> AgentNames.OF_SESSION, clock);
    }

    /** Reads the whole account of an instance that runs it. */
    public static AccountReader accounts(KafkaStreams streams) {
        return accounts(streams, InstantSource.system());
    }

    /** The same by a clock of one's own. */
    public static AccountReader accounts(KafkaStreams streams, InstantSource clock) {
        AgentControls controls = new AgentControls();
        return new GatheringAccountReader(
                List.of(LocalShard.of(streams, TASKS, controls)),
                TASKS,
                controls,
                clock,
                AccountZones.all(ZoneOffset.UTC),
                Budgets.DEFAULT);
    }

    /**
     * Checks the same by the rows in the stores, when they are all written: of so many sessions that reading them page by page
     * would take longer than what is measured.
     *
     * @throws IllegalStateException if a session or a fact is missing or too many
     */
    static void checkRows(Loaded loaded, KafkaStreams streams) {
        long sessions = 0;
        long events = 0;
        for (int partition = 0; partition < TASKS; partition++) {
            ReadOnlyKeyValueStore<Bytes, byte[]> rows = streams.store(StoreQueryParameters.fromNameAndType(
                            SessionStores.SESSIONS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                    .withPartition(partition));
            try (KeyValueIterator<Bytes, byte[]> all = rows.all()) {
                while (all.hasNext()) {
                    byte[] row = all.next().value;
                    // The others are ends of activity windows.
                    if (row.length > Long.BYTES) {
                        sessions++;
                        events += SessionAggregate.read(row).figures().events();
                    }
                }
            }
        }
        Case.check("rows of sessions", loaded.sessions(), sessions);
        Case.check("facts in all rows", loaded.facts(), events);
    }

    /**
     * Checks that the sessions' own sums have every fact once, and nothing else, as the API reads them.
     *
     * @throws IllegalStateException if they do not
     */
    public static void check(Loaded loaded, AccountReader reader) {
        long sessions = 0;
        long events = 0;
        Optional<String> cursor = Optional.empty();
        do {
            Page<SessionView> page =
                    reader.sessions(Loader.ACCOUNT, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, PAGE, cursor);
            sessions += page.items().size();
            for (SessionView session : page.items()) {
                events += session.figures().events();
            }
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        Case.check("sessions", loaded.sessions(), sessions);
        Case.check("facts in all sessions", loaded.facts(), events);
    }
}
