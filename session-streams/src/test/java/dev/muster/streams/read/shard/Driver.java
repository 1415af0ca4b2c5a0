/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static java.util.Objects.requireNonNull;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.Topics;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.SessionStores;
import dev.muster.streams.topology.MusterTopology;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.TopologyOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a test driver, one partition of as many as wanted. */
public final class Driver implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyTestDriver driver;
    private final SingleObjectFormat format = new SingleObjectFormat();

    /** Starts it at a wall-clock time. */
    public Driver(int partitions, Duration retention, long maxLiveBytes, Instant now) {
        this(partitions, retention, maxLiveBytes, now, WriterSchemas.none());
    }

    /** Starts it with the schemas of a registry. */
    public Driver(int partitions, Duration retention, long maxLiveBytes, Instant now, WriterSchemas schemas) {
        this(partitions, retention, LiveSessions.Bounds.of(maxLiveBytes), now, schemas);
    }

    /** Starts it with bounds of its own for live sessions. */
    public Driver(int partitions, Duration retention, LiveSessions.Bounds bounds, Instant now, WriterSchemas schemas) {
        MusterTopology topology = new MusterTopology(
                new TopologyOptions(
                        partitions,
                        retention,
                        bounds,
                        new IndexMemory(64 << 20),
                        SessionRules.inUtc(Pricing.of(PriceTable.shipped())),
                        schemas,
                        Stores::inMemoryKeyValueStore),
                new SessionMetrics(registry));
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        driver = new TopologyTestDriver(topology.get(), properties, now);
    }

    /** Sends an event under its own key. */
    public void send(HookEvent event, long appendTime) {
        send(Topics.HOOK_EVENTS, RecordKey.of(event).toBytes(), format.write(event), appendTime);
    }

    /** Sends a record. */
    public void send(String topic, byte[] key, byte[] value, long appendTime) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        TestInputTopic<byte[], byte[]> input = driver.createInputTopic(topic, bytes, bytes);
        input.pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(appendTime)));
    }

    /** Reads what was written to a topic. */
    public TestOutputTopic<byte[], byte[]> output(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Moves the wall clock on. */
    public void advance(Duration by) {
        driver.advanceWallClockTime(by);
    }

    /** How often something came out of a record. */
    public double events(String outcome) {
        return registry.get("muster.sessions.events").tag("outcome", outcome).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** What a counter says. */
    public double counted(String name) {
        return registry.get(name).counter().count();
    }

    /** One of the stores of rows. */
    public KeyValueStore<Bytes, byte[]> store(String name) {
        return requireNonNull(driver.getKeyValueStore(name));
    }

    /** The live sessions. */
    public LiveSessions live() {
        return (LiveSessions) requireNonNull(driver.getAllStateStores().get(LiveSessions.NAME));
    }

    /** The audit log's newest entries. */
    public List<AuditEntry> audit(AuditFilter filter) {
        return audit(filter, 1000, Optional.empty()).items();
    }

    /** A page of the audit log. */
    Page<AuditEntry> audit(AuditFilter filter, int limit, Optional<String> cursor) {
        return InstanceReader.accounts(partition(), new AgentControls(), () -> Sessions.NOW, new Budgets(1000, 2))
                .audit("local", filter, limit, cursor);
    }

    private OnePartition partition() {
        return new OnePartition(() -> new PartitionStores(
                0,
                store(SessionStores.SESSIONS),
                store(SessionStores.TRACES),
                store(SessionStores.EVENTS),
                store(SessionStores.ACTIVITY),
                store(SessionStores.DAYS),
                store(SessionStores.AUDIT),
                Optional.of(live().reads())));
    }

    /** Reads the sessions at a clock time. */
    public InstanceReader reader(Instant now) {
        return InstanceReader.of(partition(), new AgentControls(), () -> now);
    }

    @Override
    public void close() {
        driver.close();
    }
}
