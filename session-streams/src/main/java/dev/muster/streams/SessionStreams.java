/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static java.util.Objects.requireNonNull;

import dev.muster.schemas.Topics;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.StoreSessionReader;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.SessionTopology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topology, running in this process. */
public final class SessionStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStreams.class);
    private static final Duration TOPICS_WITHIN = Duration.ofSeconds(30);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics kafkaMetrics;
    private final SessionReader reader;

    private SessionStreams(KafkaStreams streams, KafkaStreamsMetrics kafkaMetrics, SessionReader reader) {
        this.streams = streams;
        this.kafkaMetrics = kafkaMetrics;
        this.reader = reader;
    }

    /**
     * Starts the topology; it restores its stores in the background.
     *
     * @throws InvalidSettingException if the topics are not there or do not fit together, or the price file is wrong
     */
    public static SessionStreams start(SessionStreamsConfig config, MeterRegistry registry, InstantSource clock) {
        int partitions = partitions(config.bootstrap());
        PriceTable prices = config.pricesFile().map(PriceTable::shippedWith).orElseGet(PriceTable::shipped);
        SessionTopology.Options options = new SessionTopology.Options(
                partitions,
                config.retention(),
                LiveSessions.Bounds.of(config.liveBytes() / partitions),
                prices::cost,
                false);
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        KafkaStreams streams =
                new KafkaStreams(new SessionTopology(options, new SessionMetrics(registry)).get(), properties);
        FailureLimit failures = new FailureLimit(clock);
        streams.setUncaughtExceptionHandler(failure -> {
            boolean again = failures.allowsAnother();
            LOG.error(
                    again ? "A stream thread failed and is replaced" : "A stream thread failed too often: giving up",
                    failure);
            return again
                    ? StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD
                    : StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        KafkaStreamsMetrics kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
        streams.start();
        return new SessionStreams(streams, kafkaMetrics, StoreSessionReader.of(streams, partitions, clock));
    }

    private static int partitions(String bootstrap) {
        List<String> topics = List.of(Topics.HOOK_EVENTS, Topics.REKEY, Topics.DEAD_LETTERS);
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Map<String, TopicDescription> found =
                    admin.describeTopics(topics).allTopicNames().get(TOPICS_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            int events = partitions(found, Topics.HOOK_EVENTS);
            int rekeyed = partitions(found, Topics.REKEY);
            if (events != rekeyed) {
                throw new InvalidSettingException("The topic " + Topics.HOOK_EVENTS + " has " + events
                        + " partitions and " + Topics.REKEY + " has " + rekeyed + ": create both with as many.");
            }
            return events;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new InvalidSettingException(
                        "Of the topics " + topics + " not all are on the broker at " + bootstrap + ": create them.");
            }
            throw unreachable(bootstrap);
        } catch (TimeoutException e) {
            throw unreachable(bootstrap);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were looked up", e);
        }
    }

    private static int partitions(Map<String, TopicDescription> topics, String name) {
        return requireNonNull(topics.get(name), name).partitions().size();
    }

    private static InvalidSettingException unreachable(String bootstrap) {
        return new InvalidSettingException(
                "Kafka at " + bootstrap + " does not answer; MUSTER_KAFKA_BOOTSTRAP says where it is.");
    }

    /** Why the stores cannot be read yet, or no longer; empty when they can. */
    public Optional<String> notReadyBecause() {
        return switch (streams.state()) {
            case RUNNING -> Optional.empty();
            case CREATED, REBALANCING -> Optional.of("The topology is getting its tasks and restoring its stores.");
            case ERROR, PENDING_ERROR -> Optional.of("The topology has failed; the log says why.");
            case PENDING_SHUTDOWN, NOT_RUNNING -> Optional.of("The topology is shutting down.");
        };
    }

    /** Reads the sessions of this instance. */
    public SessionReader reader() {
        return reader;
    }

    /** Commits and ends. */
    @Override
    public void close() {
        kafkaMetrics.close();
        if (!streams.close(CLOSE_WITHIN)) {
            LOG.warn("The topology did not end within {}", CLOSE_WITHIN);
        }
    }
}
