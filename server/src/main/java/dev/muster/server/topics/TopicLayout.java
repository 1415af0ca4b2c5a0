/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import dev.muster.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** Which topics there are, and what each is like: how its records are timed, and how long they stay. */
final class TopicLayout {

    /** What is forwarded to another partition is read at once; a week is for an instance that was away. */
    private static final Duration REKEY_RETENTION = Duration.ofDays(7);

    private static final String APPEND_TIME = "LogAppendTime";
    private static final String CREATE_TIME = "CreateTime";

    private final TopicSettings settings;

    TopicLayout(TopicSettings settings) {
        this.settings = settings;
    }

    List<NewTopic> all() {
        int partitions = settings.partitions();
        return List.of(
                topic(Topics.HOOK_EVENTS, partitions, APPEND_TIME, settings.retention()),
                // The forwarder sets the time: the append time of the record that it forwards.
                topic(Topics.REKEY, partitions, CREATE_TIME, REKEY_RETENTION),
                topic(Topics.DEAD_LETTERS, 1, CREATE_TIME, settings.retention()),
                // One partition: it is small, and read whole by everybody.
                compacted(Topics.API_KEYS, 1, CREATE_TIME, Duration.ZERO),
                compacted(Topics.SESSION_COMMANDS, partitions, APPEND_TIME, settings.commandsKept()),
                compacted(Topics.AGENT_COMMANDS, partitions, APPEND_TIME, settings.commandsKept()));
    }

    /** @param kept how long also what was replaced can be read */
    private NewTopic compacted(String name, int partitions, String timestampType, Duration kept) {
        return topic(
                name,
                partitions,
                Map.of(
                        CLEANUP_POLICY_CONFIG,
                        CLEANUP_POLICY_COMPACT,
                        MESSAGE_TIMESTAMP_TYPE_CONFIG,
                        timestampType,
                        MIN_COMPACTION_LAG_MS_CONFIG,
                        String.valueOf(kept.toMillis()),
                        SEGMENT_MS_CONFIG,
                        String.valueOf(settings.segmentAge().toMillis())));
    }

    private NewTopic topic(String name, int partitions, String timestampType, Duration retention) {
        return topic(
                name,
                partitions,
                Map.of(
                        CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE,
                        MESSAGE_TIMESTAMP_TYPE_CONFIG, timestampType,
                        RETENTION_MS_CONFIG, String.valueOf(retention.toMillis())));
    }

    private NewTopic topic(String name, int partitions, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(configs);
        settings.minInSyncReplicas().ifPresent(min -> all.put(MIN_IN_SYNC_REPLICAS_CONFIG, String.valueOf(min)));
        Optional<Short> replicas = settings.replicas().isPresent()
                ? Optional.of((short) settings.replicas().getAsInt())
                : Optional.empty();
        return new NewTopic(name, Optional.of(partitions), replicas).configs(all);
    }
}
