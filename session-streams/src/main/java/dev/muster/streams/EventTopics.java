/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.util.Objects.requireNonNull;

import dev.muster.schemas.Topics;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the topology reads and writes, which must be there before it starts. */
final class EventTopics {

    private static final List<String> ALL = List.of(
            Topics.HOOK_EVENTS, Topics.REKEY, Topics.SESSION_COMMANDS, Topics.AGENT_COMMANDS, Topics.DEAD_LETTERS);

    private EventTopics() {}

    /**
     * How many partitions the events have.
     *
     * @param within how long the broker may take to answer
     * @throws InvalidSettingException if it does not answer, or the topics are not there or do not fit together
     */
    static int partitions(String bootstrap, Duration within) {
        int timeout = Math.toIntExact(within.toMillis());
        Map<String, Object> properties = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                timeout,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                timeout);
        try (Admin admin = Admin.create(properties)) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(ALL).allTopicNames().get();
            int events = partitions(found, Topics.HOOK_EVENTS);
            for (String alike : List.of(Topics.REKEY, Topics.SESSION_COMMANDS, Topics.AGENT_COMMANDS)) {
                if (partitions(found, alike) != events) {
                    throw new InvalidSettingException("The topic " + Topics.HOOK_EVENTS + " has " + events
                            + " partitions and " + alike + " has " + partitions(found, alike)
                            + ": create both with as many.");
                }
            }
            return events;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new InvalidSettingException("Of the topics " + ALL + " not all are on the broker at " + bootstrap
                        + ": make them with 'muster topics'.");
            }
            throw KafkaSettings.unreachable(bootstrap);
        } catch (KafkaException e) {
            // The client could not be made: the address is none, or its name cannot be resolved.
            throw KafkaSettings.unreachable(bootstrap);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were looked up", e);
        }
    }

    private static int partitions(Map<String, TopicDescription> topics, String name) {
        return requireNonNull(topics.get(name), name).partitions().size();
    }
}
