/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.topics;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How topics are made where they are missing.
 *
 * @param partitions of the topics that carry events and commands, 1 to 1000. It decides in which partition a session lives,
 *     so it cannot be changed once events are there
 * @param replicas how many brokers have each partition; empty for the brokers' own default
 * @param minInSyncReplicas how many of them must have a record before it is acknowledged, at most {@code replicas}; empty
 *     for the brokers' own default
 * @param retention how long events and dead letters can be read
 * @param commandsKept how long a command can be read although another has replaced it: the audit log tells all of them
 * @param segmentAge when a file of a compacted topic is closed, after which what was replaced in it goes
 */
public record TopicSettings(
        int partitions,
        OptionalInt replicas,
        OptionalInt minInSyncReplicas,
        Duration retention,
        Duration commandsKept,
        Duration segmentAge) {

    /** The number of partitions unless a setting says otherwise. */
    public static final int DEFAULT_PARTITIONS = 6;

    /** The number of partitions. */
    public static final String PARTITIONS = "MUSTER_TOPIC_PARTITIONS";

    /** The number of replicas. */
    public static final String REPLICATION = "MUSTER_TOPIC_REPLICATION";

    /** The number of replicas that acknowledge. */
    public static final String MIN_IN_SYNC = "MUSTER_TOPIC_MIN_INSYNC_REPLICAS";

    /** How long events stay. */
    public static final String RETENTION = "MUSTER_TOPIC_RETENTION";

    /** How long replaced commands stay. */
    public static final String COMMANDS_KEPT = "MUSTER_TOPIC_MIN_COMPACTION_LAG";

    /** When a file of a compacted topic is closed. */
    public static final String SEGMENT_AGE = "MUSTER_TOPIC_COMPACTED_SEGMENT_AGE";

    private static final int MAX_PARTITIONS = 1000;
    private static final int MAX_REPLICAS = 15;
    private static final Duration MIN_RETENTION = Duration.ofHours(1);
    private static final Duration MIN_COMMANDS_KEPT = Duration.ofMillis(1);
    private static final Duration MIN_SEGMENT_AGE = Duration.ofMinutes(1);

    /**
     * Checks that they fit together.
     *
     * @throws InvalidSettingException if more replicas must acknowledge than there are
     */
    public TopicSettings {
        if (replicas.isPresent()
                && minInSyncReplicas.isPresent()
                && minInSyncReplicas.getAsInt() > replicas.getAsInt()) {
            throw new InvalidSettingException(MIN_IN_SYNC + " is " + minInSyncReplicas.getAsInt()
                    + ", and must be at most " + REPLICATION + ", which is " + replicas.getAsInt() + ".");
        }
    }

    /**
     * Reads the settings.
     *
     * @throws InvalidSettingException for the first that is wrong
     */
    public static TopicSettings from(Settings settings) {
        return new TopicSettings(
                (int) settings.number(PARTITIONS, DEFAULT_PARTITIONS, 1, MAX_PARTITIONS),
                count(settings, REPLICATION),
                count(settings, MIN_IN_SYNC),
                duration(settings, RETENTION, Duration.ofDays(30), MIN_RETENTION),
                duration(settings, COMMANDS_KEPT, Duration.ofDays(7), MIN_COMMANDS_KEPT),
                duration(settings, SEGMENT_AGE, Duration.ofDays(1), MIN_SEGMENT_AGE));
    }

    /** For a cluster of one broker. */
    public static TopicSettings ofOneBroker() {
        return new TopicSettings(
                DEFAULT_PARTITIONS,
                OptionalInt.of(1),
                OptionalInt.empty(),
                Duration.ofDays(30),
                Duration.ofDays(7),
                Duration.ofDays(1));
    }

    private static OptionalInt count(Settings settings, String name) {
        return settings.text(name).isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) settings.number(name, 1, 1, MAX_REPLICAS));
    }

    private static Duration duration(Settings settings, String name, Duration byDefault, Duration min) {
        Duration duration = settings.duration(name, byDefault);
        if (duration.compareTo(min) < 0) {
            throw new InvalidSettingException(name + " is " + duration + ", and must be at least " + min + ".");
        }
        return duration;
    }
}
