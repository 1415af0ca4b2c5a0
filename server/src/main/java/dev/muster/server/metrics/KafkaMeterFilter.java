/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Of Kafka's own meters, those that operators watch. Kafka Streams has some eighty for each store of each task, and its clients
 * a hundred each; all of them are most of a megabyte for every scrape. What stays tells consumer lag, restoring, commits,
 * RocksDB's memory, and whether threads, tasks and connections are well. Other meters are left as they are.
 *
 * <p>Tags have one spelling: words divided by dots, and a store is {@code store} whatever keeps it. The version of Kafka, which
 * is the same everywhere, is no tag.
 */
public final class KafkaMeterFilter implements MeterFilter {

    private static final String PREFIX = "kafka.";
    private static final String TOPIC = "topic";
    private static final String VERSION = "kafka.version";

    private static final Map<String, String> RENAMED = Map.of(
            "rocksdb.state.id", "store",
            "in.memory.state.id", "store",
            "processor.node.id", "processor");

    /** By the part of Kafka that has them; without the prefix, and without {@code total} at the end. */
    private static final Set<String> WATCHED = Set.of(
            // Consumers: how far they are behind, what they read, and whether their group is calm.
            "consumer.fetch.manager.records.lag",
            "consumer.fetch.manager.records.lag.max",
            "consumer.fetch.manager.records.consumed",
            "consumer.fetch.manager.bytes.consumed",
            "consumer.coordinator.assigned.partitions",
            "consumer.coordinator.rebalance",
            "consumer.coordinator.rebalance.latency.max",
            "consumer.coordinator.failed.rebalance",
            "consumer.coordinator.last.heartbeat.seconds.ago",
            "consumer.connection.count",
            // Producers: what they write, and whether Kafka takes it.
            "producer.record.send",
            "producer.record.error",
            "producer.record.retry",
            "producer.record.queue.time.max",
            "producer.request.latency.avg",
            "producer.request.latency.max",
            "producer.buffer.available.bytes",
            "producer.connection.count",
            // The application and its threads.
            "stream.alive.stream.threads",
            "stream.failed.stream.threads",
            "stream.client.state",
            "stream.thread.commit",
            "stream.thread.commit.latency.avg",
            "stream.thread.commit.latency.max",
            "stream.thread.commit.ratio",
            "stream.thread.process",
            "stream.thread.process.ratio",
            "stream.thread.poll.ratio",
            "stream.thread.punctuate.ratio",
            "stream.thread.blocked.time.ns",
            "stream.thread.task",
            "stream.thread.task.created",
            "stream.thread.task.closed",
            // Tasks: what they do, and what is still to be restored.
            "stream.task.process",
            "stream.task.process.latency.max",
            "stream.task.dropped.records",
            "stream.task.restore",
            "stream.task.restore.remaining.records",
            "stream.state.updater.active.restoring.tasks",
            "stream.state.updater.standby.updating.tasks",
            "stream.state.updater.restore.records.rate",
            // Stores: RocksDB's memory, its size, and whether it keeps up.
            "stream.state.block.cache.usage",
            "stream.state.size.all.mem.tables",
            "stream.state.estimate.table.readers.mem",
            "stream.state.total.sst.files.size",
            "stream.state.background.errors");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        if (!id.getName().startsWith(PREFIX)) {
            return MeterFilterReply.NEUTRAL;
        }
        String name = id.getName().substring(PREFIX.length());
        String counted = name.endsWith(".total") ? name.substring(0, name.length() - ".total".length()) : name;
        return WATCHED.contains(counted) && !isOldSpelling(id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
    }

    /** Kafka's clients tell of a topic with dots twice, the second time with lines in their place. */
    private static boolean isOldSpelling(Meter.Id id) {
        String topic = id.getTag(TOPIC);
        return topic != null && topic.startsWith("muster_");
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(PREFIX)) {
            return id;
        }
        List<Tag> tags = StreamSupport.stream(id.getTagsAsIterable().spliterator(), false)
                .filter(tag -> !dotted(tag.getKey()).equals(VERSION))
                .map(tag -> Tag.of(
                        Objects.requireNonNullElse(RENAMED.get(dotted(tag.getKey())), dotted(tag.getKey())),
                        tag.getValue()))
                .toList();
        return id.replaceTags(tags);
    }

    private static String dotted(String key) {
        return key.replace('-', '.').replace('_', '.');
    }
}
