/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.shard.InstanceReader;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsType;
import dev.muster.streams.store.SessionStores;
import dev.muster.streams.topology.MusterTopology;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.TopologyOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/** One instance of the topology, with the runner's properties, open to a test. */
final class Instance implements AutoCloseable {

    /** Longer than any test waits: a killed instance is not given up while one runs. */
    static final int SESSION_TIMEOUT_MS = 600_000;

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(60);

    private final KafkaStreams streams;
    private final int partitions;
    private final AtomicLong restored = new AtomicLong();

    private Instance(KafkaStreams streams, int partitions) {
        this.streams = streams;
        this.partitions = partitions;
    }

    /** The runner's configuration with quick commits. */
    static SessionStreamsConfig config(String bootstrap, Path stateDir, String id, int standbys) {
        return config(bootstrap, stateDir, id, standbys, false);
    }

    /** The same, with transactional stores or without. */
    static SessionStreamsConfig config(
            String bootstrap, Path stateDir, String id, int standbys, boolean transactionalStores) {
        return new SessionStreamsConfig(
                bootstrap,
                stateDir,
                id,
                Duration.ofMillis(100),
                Duration.ofDays(30),
                AccountZones.all(ZoneOffset.UTC),
                Optional.empty(),
                1,
                standbys,
                Optional.empty(),
                64 << 20,
                8 << 20,
                transactionalStores);
    }

    /** Options under which each commit writes the sessions' rows too. */
    static TopologyOptions eager(int partitions, Function<String, KeyValueBytesStoreSupplier> rows) {
        return options(partitions, rows, new LiveSessions.Bounds(64 << 20, 16 << 20, Duration.ZERO));
    }

    private static TopologyOptions options(
            int partitions, Function<String, KeyValueBytesStoreSupplier> rows, LiveSessions.Bounds bounds) {
        return new TopologyOptions(
                partitions,
                Duration.ofDays(30),
                bounds,
                new IndexMemory(64 << 20),
                SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                WriterSchemas.none(),
                rows);
    }

    /** Starts an instance that is alone. */
    static Instance start(String bootstrap, Path stateDir, int partitions) {
        return start(config(bootstrap, stateDir, "a", 0), partitions, Stores::persistentKeyValueStore);
    }

    /** Starts an instance with the runner's clients. */
    static Instance start(
            SessionStreamsConfig config, int partitions, Function<String, KeyValueBytesStoreSupplier> rows) {
        return start(config, partitions, rows, new KafkaClients());
    }

    /** Starts an instance whose commits write the sessions' rows too. */
    static Instance startEager(
            SessionStreamsConfig config, int partitions, Function<String, KeyValueBytesStoreSupplier> rows) {
        return start(config, partitions, eager(partitions, rows), new KafkaClients(), Map.of());
    }

    /** The same, whose rows are on the disk long before it is closed. */
    static Instance startEagerWithSmallBuffers(
            SessionStreamsConfig config, int partitions, Function<String, KeyValueBytesStoreSupplier> rows) {
        return start(
                config,
                partitions,
                eager(partitions, rows),
                new KafkaClients(),
                Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallBuffers.class));
    }

    /** Starts an instance. */
    static Instance start(
            SessionStreamsConfig config,
            int partitions,
            Function<String, KeyValueBytesStoreSupplier> rows,
            KafkaClientSupplier clients) {
        return start(
                config, partitions, options(partitions, rows, LiveSessions.Bounds.of(64 << 20)), clients, Map.of());
    }

    private static Instance start(
            SessionStreamsConfig config,
            int partitions,
            TopologyOptions options,
            KafkaClientSupplier clients,
            Map<String, Object> changes) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.putAll(changes);
        MusterTopology topology = new MusterTopology(options, new SessionMetrics(new SimpleMeterRegistry()));
        Instance instance = new Instance(new KafkaStreams(topology.get(), properties, clients), partitions);
        instance.streams.setGlobalStateRestoreListener(instance.new Restored());
        instance.streams.start();
        return instance;
    }

    private final class Restored implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {
            // The journal is in memory, and is always read back.
            restored.addAndGet(store.equals(SessionStores.JOURNAL) ? 0 : total);
        }
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** How many rows were read back from changelogs. */
    long restored() {
        return restored.get();
    }

    KafkaStreams streams() {
        return streams;
    }

    InstanceReader reader(Instant now) {
        return InstanceReader.of(streams, partitions, new AgentControls(), () -> now);
    }

    /** Reads all there is; empty while the stores cannot be read. */
    Optional<Answers> answers(Instant now) {
        try {
            return Optional.of(Answers.of(reader(now)));
        } catch (NotReadyException e) {
            return Optional.empty();
        }
    }

    /** A partition's live sessions; throws while the instance has not got the partition, active or as a standby. */
    LiveSessions live(int partition) {
        return streams.store(StoreQueryParameters.fromNameAndType(LiveSessions.NAME, new LiveSessionsType())
                .withPartition(partition)
                .enableStaleStores());
    }

    /** Ends for good: others take over at once. */
    void leave() {
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE_WITHIN));
    }

    @Override
    public void close() {
        streams.close(CLOSE_WITHIN);
    }
}
