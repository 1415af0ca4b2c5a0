/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import dev.muster.server.topics.TopicCreation;
import dev.muster.server.topics.TopicSettings;

/** The topics of the embedded broker. */
public final class StandaloneTopics {

    /** The partitions of the topics that carry events. */
    public static final int EVENT_PARTITIONS = TopicSettings.DEFAULT_PARTITIONS;

    private StandaloneTopics() {}

    /**
     * Makes those that are missing, and waits until all of them can be written.
     *
     * @throws dev.muster.schemas.settings.InvalidSettingException if the broker does not make them, or has them with
     *     another number of partitions
     */
    public static void ensure(String bootstrapServers) {
        TopicCreation.ensure(bootstrapServers, TopicSettings.ofOneBroker());
    }
}
