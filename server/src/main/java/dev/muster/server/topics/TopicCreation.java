/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.topics;

import static java.util.Objects.requireNonNull;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import dev.muster.server.kafka.KafkaAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
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
        Map<String, TopicDescription> before = described(admin);
        for (NewTopic topic : wanted) {
            if (before.containsKey(topic.name())) {
                requireSamePartitions(topic, requireNonNull(before.get(topic.name())));
            }
        }
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !before.containsKey(topic.name()))
                .toList();
        requireEnoughReplicas(admin, missing);
        for (KafkaFuture<Void> made : admin.createTopics(missing).values().values()) {
            awaitMade(made);
        }
        awaitLeaders(admin);
        Map<String, TopicDescription> after = repeated(() -> described(admin), found -> found.size() == wanted.size());
        Map<String, Config> configs = repeated(() -> configs(admin), found -> found.size() == wanted.size());
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

    /** Asks the brokers first how many replicas there would be, which may be their own default. */
    private static void requireEnoughReplicas(Admin admin, List<NewTopic> missing)
            throws ExecutionException, InterruptedException {
        CreateTopicsResult tried = admin.createTopics(missing, new CreateTopicsOptions().validateOnly(true));
        for (NewTopic topic : missing) {
            Optional<String> min = Optional.ofNullable(topic.configs().get(MIN_IN_SYNC_REPLICAS_CONFIG));
            if (min.isPresent()) {
                int replicas = tried.replicationFactor(topic.name()).get();
                if (Integer.parseInt(min.get()) > replicas) {
                    throw new InvalidSettingException(TopicSettings.MIN_IN_SYNC + " is " + min.get()
                            + ", and the topics would have " + (replicas == 1 ? "1 replica" : replicas + " replicas")
                            + ": nothing could be written. Give them more with " + TopicSettings.REPLICATION + ".");
                }
            }
            awaitMade(requireNonNull(tried.values().get(topic.name())));
        }
    }

    private List<String> names() {
        return wanted.stream().map(NewTopic::name).toList();
    }

    private Map<String, TopicDescription> described(Admin admin) throws ExecutionException, InterruptedException {
        return found(admin.describeTopics(names()).topicNameValues());
    }

    private Map<String, Config> configs(Admin admin) throws ExecutionException, InterruptedException {
        List<ConfigResource> resources = names().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, KafkaFuture<Config>> answers = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((topic, config) -> answers.put(topic.name(), config));
        return found(answers);
    }

    /** The answers, without those of topics that the broker does not know. */
    private static <T> Map<String, T> found(Map<String, KafkaFuture<T>> answers)
            throws ExecutionException, InterruptedException {
        Map<String, T> found = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<T>> each : answers.entrySet()) {
            try {
                found.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private static void requireSamePartitions(NewTopic topic, TopicDescription found) {
        int there = found.partitions().size();
        if (there != topic.numPartitions()) {
            throw new InvalidSettingException("The topic " + topic.name() + " is there with " + counted(there)
                    + " instead of " + topic.numPartitions() + advice(topic, there));
        }
    }

    private static String advice(NewTopic topic, int there) {
        return topic.numPartitions() == 1
                ? ", which Muster reads whole; has another program made it? Use another cluster."
                : ", and the number decides where a session lives: set " + TopicSettings.PARTITIONS + " to " + there
                        + ", or use another cluster.";
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
        repeated(() -> led(admin, partitions), led -> led);
    }

    private static boolean led(Admin admin, Map<TopicPartition, OffsetSpec> partitions)
            throws ExecutionException, InterruptedException {
        try {
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    /** Something asked of Kafka. */
    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    /** Asks until the answer is as it has to be: another broker may not know yet what was made. */
    private static <T> T repeated(Question<T> question, Predicate<T> enough)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + ANSWER_WITHIN.toNanos();
        while (true) {
            T answer = question.ask();
            if (enough.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new InvalidSettingException(
                        "Kafka has Muster's topics, but not all of their partitions have a leader, or not all brokers know"
                                + " them after " + ANSWER_WITHIN.toSeconds() + " seconds.");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
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
            return KafkaSettings.unreachable(bootstrap);
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
