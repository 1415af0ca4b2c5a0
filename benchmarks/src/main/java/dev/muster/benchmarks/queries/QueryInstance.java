/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.cases.MusterInstance;
import dev.muster.benchmarks.cases.Progress;
import dev.muster.schemas.Topics;
import dev.muster.schemas.settings.Settings;
import dev.muster.streams.SessionStreamsConfig;
import dev.muster.streams.StreamsProperties;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SpendFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** An instance of Muster's topology as it is shipped, and the readers that its API would have. */
final class QueryInstance implements AutoCloseable {

    private static final String GROUP = "bench-queries";
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Admin admin;
    private final KafkaStreams streams;
    private final SessionReader session;
    private final AccountReader account;

    /**
     * Starts one.
     *
     * @param state the folder that its state is kept in
     * @param clock by which its readers tell what is active
     */
    QueryInstance(String bootstrap, Path state, InstantSource clock) {
        SessionStreamsConfig config =
                SessionStreamsConfig.from(Settings.of(Map.of())).on(bootstrap, state);
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, GROUP);
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        streams = new KafkaStreams(MusterInstance.topology(config, registry), properties);
        // Whoever waits for it looks at its state.
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        session = MusterInstance.reader(streams, clock);
        account = MusterInstance.accounts(streams, clock);
        streams.start();
    }

    SessionReader session() {
        return session;
    }

    AccountReader account() {
        return account;
    }

    boolean hasFailed() {
        return streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR;
    }

    /** Whether it has all tasks, and answers. */
    boolean isReady() {
        int tasks = 0;
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            tasks += thread.activeTasks().size();
        }
        return streams.state() == KafkaStreams.State.RUNNING && tasks == MusterInstance.TASKS && answers();
    }

    private boolean answers() {
        try {
            account.spend(Asked.ACCOUNT, new SpendFilter(Optional.empty(), Optional.empty()));
            return true;
        } catch (NotReadyException e) {
            return false;
        }
    }

    /** Whether so many records are committed: what is taken in again after a failure counts once. */
    boolean hasCommitted(long records) {
        try {
            return taken() >= records && Progress.committed(admin, GROUP, Topics.HOOK_EVENTS) >= records;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not say how far the instance has come", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was asked", e);
        }
    }

    /** How many records it has taken in, some perhaps again. */
    long taken() {
        return (long) registry.get("muster.sessions.taken").counter().count();
    }

    /** Whether no session's rows lag behind the journal: half a minute after the last record. */
    boolean isWritten() {
        return registry.get("muster.sessions.unwritten").gauge().value() == 0;
    }

    @Override
    public void close() {
        admin.close();
        if (!streams.close(CLOSE_WITHIN)) {
            throw new IllegalStateException("the instance did not end within " + CLOSE_WITHIN);
        }
    }
}
