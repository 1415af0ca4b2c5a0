/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import dev.muster.schemas.settings.Settings;
import dev.muster.streams.SessionStreamsConfig;
import dev.muster.streams.StreamsProperties;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * A topology run over the whole topic with Muster's own properties: one thread, exactly-once, commits every 500 ms if the
 * workload does not say otherwise. The time begins when its tasks run and have warmed up, and ends when the last record is
 * committed.
 */
final class StreamsPass implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);

    private final Workload workload;
    private final Input input;
    private final KafkaStreams streams;
    private final CompletableFuture<Boolean> started = new CompletableFuture<>();

    StreamsPass(Workload workload, Topology topology) {
        this(workload, Input.all(workload), topology, Map.of());
    }

    /** A topology that keeps its figures as Kafka Streams means it: in stores, with the cache that is its default. */
    static StreamsPass withCache(Workload workload, Input input, Topology topology) {
        String cache = StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG;
        Object shipped = StreamsConfig.configDef().defaultValues().get(cache);
        return new StreamsPass(workload, input, topology, Map.of(cache, shipped));
    }

    private StreamsPass(Workload workload, Input input, Topology topology, Map<String, Object> changes) {
        this.workload = workload;
        this.input = input;
        Properties properties = properties(workload);
        properties.putAll(changes);
        streams = new KafkaStreams(topology, properties);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                started.complete(true);
            }
        });
        streams.setUncaughtExceptionHandler(failure -> {
            started.obtrudeException(failure);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    static SessionStreamsConfig config(Workload workload) {
        return SessionStreamsConfig.from(Settings.of(workload.settings())).on(workload.bootstrap(), workload.folder());
    }

    private static Properties properties(Workload workload) {
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config(workload)));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, workload.id());
        return properties;
    }

    KafkaStreams streams() {
        return streams;
    }

    /**
     * Runs until as many records were counted as there are, and their offsets committed.
     *
     * @param counted how many records the topology has seen
     */
    Pass run(LongSupplier counted) {
        return run(counted, () -> true);
    }

    /**
     * Runs until as many records were counted as there are, and their offsets committed. When all were replayed, the work that
     * is put off is waited for, and its processor time is counted in; at a live rate as much is left at the end as there was at
     * the beginning.
     *
     * @param counted how many records the topology has seen
     * @param isSettled whether nothing is put off
     */
    Pass run(LongSupplier counted, BooleanSupplier isSettled) {
        long records = input.records();
        long deadline = System.nanoTime() + WITHIN.toNanos();
        streams.start();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, workload.bootstrap()))) {
            started.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
            workload.started();
            await(() -> counted.getAsLong() >= workload.warmUp(), counted, deadline);
            Watch watch = new Watch();
            await(() -> counted.getAsLong() >= records && committed(admin) >= records, counted, deadline);
            double seconds = watch.wallSeconds();
            await(() -> workload.warmUp() > 0 || isSettled.getAsBoolean(), counted, deadline);
            Pass pass = watch.taken(records - workload.warmUp(), seconds);
            Case.check("records seen", records, counted.getAsLong());
            return pass;
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topology has failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topology ran", e);
        }
    }

    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private void await(Condition condition, LongSupplier counted, long deadline)
            throws ExecutionException, InterruptedException {
        while (!condition.holds()) {
            // Throws what the topology died of.
            started.get();
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("counted only " + counted.getAsLong() + " of "
                        + workload.loaded().records() + " records within " + WITHIN);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private long committed(Admin admin) throws ExecutionException, InterruptedException {
        return Progress.committed(admin, workload.id(), input.topic());
    }

    @Override
    public void close() {
        if (!streams.close(CLOSE_WITHIN)) {
            throw new IllegalStateException("the topology did not end within " + CLOSE_WITHIN);
        }
    }
}
