/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import com.sun.management.OperatingSystemMXBean;
import dev.muster.benchmarks.cases.MusterInstance;
import dev.muster.benchmarks.data.Loader;
import dev.muster.schemas.settings.Settings;
import dev.muster.streams.SessionStreamsConfig;
import dev.muster.streams.StreamsProperties;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** An instance of Muster's topology as it is shipped, with Muster's own properties. */
final class Instance implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(30);
    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final InstanceOrder order;
    private final KafkaStreams streams;
    private final AccountReader reader;
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RestoredRecords restored = new RestoredRecords(InstantSource.system());

    Instance(InstanceOrder order) {
        this.order = order;
        SessionStreamsConfig config =
                SessionStreamsConfig.from(Settings.of(order.settings())).on(order.bootstrap(), Path.of(order.state()));
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(config));
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, order.group());
        streams = new KafkaStreams(MusterInstance.topology(config, registry), properties);
        streams.setGlobalStateRestoreListener(restored);
        // The process then ends, for it looks at the state.
        streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        reader = MusterInstance.accounts(streams);
        streams.start();
    }

    boolean hasFailed() {
        return streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR;
    }

    InstanceStatus status() {
        int active = 0;
        int standby = 0;
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            active += thread.activeTasks().size();
            standby += thread.standbyTasks().size();
        }
        return new InstanceStatus(
                streams.state() == KafkaStreams.State.RUNNING,
                active,
                standby,
                // The look costs the broker's answer, and an active task's stores lack nothing.
                standby == 0 ? 0 : lag(),
                active == MusterInstance.TASKS && answers(),
                PROCESS.getProcessCpuTime() / NANOS,
                restored.records(),
                RestoredRecords.bytes(streams.metrics()),
                restored.began(),
                restored.ended(),
                (long) registry.get("muster.sessions.unwritten").gauge().value());
    }

    /** The last place of a changelog is the end of a transaction, which is no record. */
    private long lag() {
        return streams.allLocalStorePartitionLags().values().stream()
                .flatMap(store -> store.values().stream())
                .mapToLong(store -> Math.max(0, store.offsetLag() - 1))
                .sum();
    }

    private boolean answers() {
        try {
            return !reader.sessions(Loader.ACCOUNT, SessionFilter.ALL, SessionSort.LAST_ACTIVITY, 1, Optional.empty())
                    .items()
                    .isEmpty();
        } catch (NotReadyException e) {
            return false;
        }
    }

    /** Stops a run that has lost something, or has something twice. */
    void check() {
        MusterInstance.check(order.loaded(), reader);
    }

    @Override
    public void close() {
        if (!streams.close(CLOSE_WITHIN)) {
            throw new IllegalStateException("the instance did not end within " + CLOSE_WITHIN);
        }
    }
}
