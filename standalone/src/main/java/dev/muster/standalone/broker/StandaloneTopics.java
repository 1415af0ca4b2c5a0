/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import dev.muster.schemas.Topics;
import dev.muster.standalone.host.StartRefusedException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of a cluster of one broker. They are made once; what stands in the folder is left as it is, for the number
 * of partitions decides where a session lives.
 */
public final class StandaloneTopics {

    /** The partitions of the topics that carry events. */
    public static final int EVENT_PARTITIONS = 6;

    private static final short REPLICAS = 1;

    /** What was replaced is gone about a day later. */
    private static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

    /** The audit log tells every command, also those that were given while the topology was away. */
    private static final Duration COMMANDS_KEPT = Duration.ofDays(7);

    private static final Duration LED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private StandaloneTopics() {}

    /**
     * Makes the topics that are missing, and waits until all of them can be written. The leader of a new partition may still
     * refuse a producer's first batch while it takes the second, and then the first fails for good.
     *
     * @throws StartRefusedException if the broker does not make them
     */
    public static void ensure(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            for (KafkaFuture<Void> made : admin.createTopics(all()).values().values()) {
                await(made);
            }
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (NewTopic topic : all()) {
                for (int i = 0; i < topic.numPartitions(); i++) {
                    partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
                }
            }
            awaitLeaders(admin, partitions);
        }
    }

    static List<NewTopic> all() {
        return List.of(
                topic(Topics.HOOK_EVENTS, EVENT_PARTITIONS, "LogAppendTime", Duration.ofDays(30)),
                // The forwarder sets the time: the append time of the record that it forwards.
                topic(Topics.REKEY, EVENT_PARTITIONS, "CreateTime", Duration.ofDays(7)),
                topic(Topics.DEAD_LETTERS, 1, "CreateTime", Duration.ofDays(30)),
                // One partition: it is small, and read whole by everybody.
                compacted(Topics.API_KEYS, 1, "CreateTime", Duration.ZERO),
                compacted(Topics.SESSION_COMMANDS, EVENT_PARTITIONS, "LogAppendTime", COMMANDS_KEPT),
                compacted(Topics.AGENT_COMMANDS, EVENT_PARTITIONS, "LogAppendTime", COMMANDS_KEPT));
    }

    /** @param keptWhole how long also what was replaced can be read */
    private static NewTopic compacted(String name, int partitions, String timestampType, Duration keptWhole) {
        return new NewTopic(name, partitions, REPLICAS)
                .configs(Map.of(
                        CLEANUP_POLICY_CONFIG,
                        CLEANUP_POLICY_COMPACT,
                        MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        timestampType,
                        MIN_COMPACTION_LAG_MS_CONFIG,
                        String.valueOf(keptWhole.toMillis()),
                        SEGMENT_MS_CONFIG,
                        String.valueOf(COMPACTED_WITHIN.toMillis())));
    }

    private static NewTopic topic(String name, int partitions, String timestampType, Duration retention) {
        return new NewTopic(name, partitions, REPLICAS)
                .configs(Map.of(
                        CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
                        MESSAGE_TIMESTAMP_TYPE_CONFIG, timestampType,
                        RETENTION_MS_CONFIG, String.valueOf(retention.toMillis())));
    }

    /** Only a partition's leader tells its offsets, when it leads; before that the answer is an error that passes. */
    private static void awaitLeaders(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
        long deadline = System.nanoTime() + LED_WITHIN.toNanos();
        while (true) {
            try {
                admin.listOffsets(partitions).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw new StartRefusedException("Kafka did not make its topics ready: " + e.getMessage() + ".", e);
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartRefusedException("The start was interrupted while Kafka made its topics.", e);
            }
        }
    }

    private static void await(KafkaFuture<?> made) {
        try {
            made.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new StartRefusedException("Kafka did not make its topics ready: " + e.getMessage() + ".", e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartRefusedException("The start was interrupted while Kafka made its topics.", e);
        }
    }
}
