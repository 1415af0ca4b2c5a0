/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.streams.index.IndexMemory;
import dev.muster.streams.model.Pricing;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.price.PriceTable;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.gather.Budgets;
import dev.muster.streams.read.gather.GatheringAccountReader;
import dev.muster.streams.read.shard.LocalSessionReader;
import dev.muster.streams.read.shard.LocalShard;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.topology.MusterTopology;
import dev.muster.streams.topology.SessionMetrics;
import dev.muster.streams.topology.TopologyOptions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
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
    private final AccountReader accounts;
    private final WriterSchemas schemas;
    private final AtomicReference<String> givenUp;

    private SessionStreams(
            KafkaStreams streams,
            KafkaStreamsMetrics kafkaMetrics,
            SessionReader reader,
            AccountReader accounts,
            WriterSchemas schemas,
            AtomicReference<String> givenUp) {
        this.streams = streams;
        this.kafkaMetrics = kafkaMetrics;
        this.reader = reader;
        this.accounts = accounts;
        this.schemas = schemas;
        this.givenUp = givenUp;
    }

    /**
     * Starts the topology; it restores its stores in the background.
     *
     * @param controls what was commanded of the agents, for the readers
     * @throws InvalidSettingException if the topics are not there or do not fit together, the price file is wrong, or the
     *     state folder is damaged
     */
    public static SessionStreams start(
            SessionStreamsConfig config, MeterRegistry registry, InstantSource clock, AgentControls controls) {
        PriceTable prices = config.pricesFile().map(PriceTable::shippedWith).orElseGet(PriceTable::shipped);
        IndexMemory index = new IndexMemory(config.indexBytes());
        Gauge.builder("muster.sessions.index.bytes", index, IndexMemory::taken)
                .description("What the index of all sessions takes; MUSTER_INDEX_MEMORY_MIB bounds it")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        int partitions = EventTopics.partitions(config.bootstrap(), TOPICS_WITHIN);
        TopologyOptions options = new TopologyOptions(
                partitions,
                config.retention(),
                LiveSessions.Bounds.of(config.liveBytes() / partitions).amongTasks(partitions),
                index,
                new SessionRules(Pricing.of(prices), config.zones(), config.retention()),
                WriterSchemas.of(config.registry()),
                Stores::persistentKeyValueStore);
        return start(config, options, registry, clock, controls);
    }

    /** Starts the topology with options of its own, the topics being there. */
    static SessionStreams start(
            SessionStreamsConfig config,
            TopologyOptions options,
            MeterRegistry registry,
            InstantSource clock,
            AgentControls controls) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        MusterTopology topology = new MusterTopology(options, new SessionMetrics(registry));
        KafkaStreams streams = new KafkaStreams(topology.get(), properties, new KafkaClients());
        FailureLimit failures = new FailureLimit(clock);
        AtomicReference<String> givenUp = new AtomicReference<>("The topology has failed.");
        streams.setUncaughtExceptionHandler(failure -> {
            if (failures.allowsAnother()) {
                // Streams throws it on, to the default handler of the JVM, which has the stack trace.
                LOG.error("A stream thread failed and is replaced: {}", failure.toString());
                return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
            }
            LOG.error("A stream thread failed too often: giving up", failure);
            givenUp.set(
                    isDamage(failure)
                            ? damaged(config)
                            : "The topology failed again and again ("
                                    + rootOf(failure).getMessage() + ").");
            return StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        KafkaStreamsMetrics kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
        GatheringAccountReader accounts = new GatheringAccountReader(
                List.of(LocalShard.of(streams, options.partitions(), controls)),
                options.partitions(),
                controls,
                clock,
                config.zones(),
                Budgets.DEFAULT);
        SessionStreams started = new SessionStreams(
                streams,
                kafkaMetrics,
                LocalSessionReader.of(streams, options.partitions(), controls, accounts::agentNames, clock),
                accounts,
                options.schemas(),
                givenUp);
        try {
            streams.start();
            return started;
        } catch (ProcessorStateException e) {
            started.close();
            if (!isDamage(e)) {
                throw e;
            }
            LOG.error("The state is damaged", e);
            throw new InvalidSettingException(damaged(config));
        }
    }

    /** Why the topology has ended for good, in a sentence; empty as long as it may get ready of itself. */
    public Optional<String> failedBecause() {
        return switch (streams.state()) {
            case ERROR, PENDING_ERROR -> Optional.ofNullable(givenUp.get());
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> Optional.empty();
        };
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

    /** Reads across the sessions of an account of this instance. */
    public AccountReader accounts() {
        return accounts;
    }

    /** Commits and ends. */
    @Override
    public void close() {
        kafkaMetrics.close();
        schemas.close();
        if (!streams.close(CLOSE_WITHIN)) {
            LOG.warn("The topology did not end within {}", CLOSE_WITHIN);
        }
    }

    private static String damaged(SessionStreamsConfig config) {
        return "The state in " + config.stateDir()
                + " is damaged: move it away and start again; it is rebuilt from Kafka.";
    }

    /** Whether RocksDB found what it never wrote; a full disk, say, is no damage. */
    private static boolean isDamage(Throwable failure) {
        return rootOf(failure) instanceof RocksDBException found
                && (String.valueOf(found.getMessage()).contains("orrupt")
                        || (found.getStatus() != null && found.getStatus().getCode() == Status.Code.Corruption));
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = root.getCause(); next != null; next = next.getCause()) {
            root = next;
        }
        return root;
    }
}
