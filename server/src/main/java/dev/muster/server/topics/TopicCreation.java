/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.topics;

import static java.util.Objects.requireNonNull;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.server.kafka.KafkaAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are missing. One that is there is left as it is: how long its records stay is its operator's to
 * change, and its number of partitions nobody's, for it decides where a session lives.
 */
public final class TopicCreation {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final List<NewTopic> wanted;

    /**
     * A topic after it was made or found.
     *
     * @param name its name
     * @param partitions how many it has
     * @param replicas how many brokers have each of them
     * @param made whether it was made just now
     * @param differences the configurations that are not as they would be made: what each is instead, in words
     */
    public record Topic(String name, int partitions, int replicas, boolean made, List<String> differences) {}

    private TopicCreation(TopicSettings settings) {
        this.wanted = new TopicLayout(settings).all();
    }

    /**
     * Makes what is missing, and waits until all of it can be written: the leader of a new partition may still refuse a
     * producer's first batch while it takes the second, and then the first fails for good.
     *
     * @param bootstrap Kafka's addresses, host:port, divided by commas
     * @throws InvalidSettingException if Kafka cannot be reached, refuses, or has one of them with another number of
     *     partitions; nothing has been made then, except where Kafka fails half-way
     */
    public static List<Topic> ensure(String bootstrap, TopicSettings settings) {
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Math.toIntExact(ANSWER_WITHIN.toMillis()));
        try (Admin admin = KafkaAddress.client(bootstrap, "client", () -> Admin.create(client))) {
            return new TopicCreation(settings).ensure(admin);
        } catch (ExecutionException e) {
            throw refused(bootstrap, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidSettingException("It was interrupted while Kafka made its topics.");
        }
    }

    private List<Topic> ensure(Admin admin) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> before = described(admin, names());
        for (NewTopic topic : wanted) {
            if (before.containsKey(topic.name())) {
                requireSamePartitions(topic, requireNonNull(before.get(topic.name())));
            }
        }
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !before.containsKey(topic.name()))
                .toList();
        for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
            awaitMade(made);
        }
        awaitLeaders(admin);
        Map<String, TopicDescription> after = described(admin, names());
        Map<String, Config> configs = configs(admin);
        List<Topic> topics = new ArrayList<>();
        for (NewTopic topic : wanted) {
            // Somebody else may have made it in the meantime.
            TopicDescription found = requireNonNull(after.get(topic.name()), topic.name());
            requireSamePartitions(topic, found);
            topics.add(new Topic(
                    topic.name(),
                    found.partitions().size(),
                    found.partitions().get(0).replicas().size(),
                    !before.containsKey(topic.name()),
                    differences(topic, found, requireNonNull(configs.get(topic.name())))));
        }
        return topics;
    }

    private List<String> names() {
        return wanted.stream().map(NewTopic::name).toList();
    }

    private static Map<String, TopicDescription> described(Admin admin, Collection<String> names)
            throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> described = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            try {
                described.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return described;
    }

    private static void requireSamePartitions(NewTopic topic, TopicDescription found) {
        int there = found.partitions().size();
        if (there != topic.numPartitions()) {
            String sentence = "The topic " + topic.name() + " is there with " + counted(there) + " instead of "
                    + topic.numPartitions() + ", and the number decides where a session lives: ";
            throw new InvalidSettingException(sentence
                    + (topic.numPartitions() == 1
                            ? "delete it, or use another cluster."
                            : "set " + TopicSettings.PARTITIONS + " to " + there + ", or use another cluster."));
        }
    }

    /** Partitions, counted in words. */
    private static String counted(int partitions) {
        return partitions == 1 ? "1 partition" : partitions + " partitions";
    }

    private static void awaitMade(KafkaFuture<Void> made) throws ExecutionException, InterruptedException {
        try {
            made.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    /** Only a partition's leader tells its offsets, when it leads; before that the answer is an error that passes. */
    private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (NewTopic topic : wanted) {
            for (int i = 0; i < topic.numPartitions(); i++) {
                partitions.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (true) {
            try {
                admin.listOffsets(partitions).all().get();
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private Map<String, Config> configs(Admin admin) throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = names().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> configs = new HashMap<>();
        admin.describeConfigs(resources)
                .all()
                .get()
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private static List<String> differences(NewTopic topic, TopicDescription found, Config config) {
        List<String> differences = new ArrayList<>();
        int replicas = found.partitions().get(0).replicas().size();
        if (topic.replicationFactor() > 0 && topic.replicationFactor() != replicas) {
            differences.add("it has " + replicas + " replicas instead of " + topic.replicationFactor());
        }
        new TreeMap<>(topic.configs()).forEach((name, value) -> {
            ConfigEntry entry = config.get(name);
            if (entry != null && !value.equals(entry.value())) {
                differences.add(name + " is " + entry.value() + " instead of " + value);
            }
        });
        return differences;
    }

    private static InvalidSettingException refused(String bootstrap, Throwable reason) {
        if (reason instanceof TimeoutException) {
            return new InvalidSettingException(
                    "Kafka at " + bootstrap + " does not answer; MUSTER_KAFKA_BOOTSTRAP says where it is.");
        }
        if (reason instanceof InvalidReplicationFactorException) {
            return new InvalidSettingException("Kafka has too few brokers for the replicas that are wanted ("
                    + withoutPoint(reason) + "); " + TopicSettings.REPLICATION + " says how many they are.");
        }
        return new InvalidSettingException("Kafka did not make its topics ready: " + withoutPoint(reason) + ".");
    }

    private static String withoutPoint(Throwable reason) {
        String message = String.valueOf(reason.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
