/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.schemas.registry.RegistryConfig;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.KafkaSettings;
import dev.muster.schemas.settings.RetentionSetting;
import dev.muster.schemas.settings.Settings;
import dev.muster.streams.model.AccountZones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the topology.
 *
 * @param bootstrap Kafka's bootstrap servers
 * @param stateDir where RocksDB keeps the stores
 * @param instanceId this instance's name in the group, kept over restarts: a returning instance gets its tasks back
 * @param commitInterval how often is committed, 5 s at most; exactly-once is fixed
 * @param retention how long a session is kept after its last event
 * @param zones where a day begins
 * @param pricesFile a price file whose rows go before the shipped ones
 * @param threads stream threads
 * @param standbys standby replicas of each task
 * @param registry where the schemas of records in Confluent's frame are
 * @param liveBytes about how many bytes of live sessions the instance holds in memory
 * @param indexBytes how many bytes the index of all sessions may take
 * @param transactionalStores whether the stores on disk hold what is committed and nothing else, so that they are kept after a
 *     crash; without it they are read again from Kafka
 */
public record SessionStreamsConfig(
        String bootstrap,
        Path stateDir,
        String instanceId,
        Duration commitInterval,
        Duration retention,
        AccountZones zones,
        Optional<Path> pricesFile,
        int threads,
        int standbys,
        Optional<RegistryConfig> registry,
        long liveBytes,
        long indexBytes,
        boolean transactionalStores) {

    private static final long MIB = 1 << 20;
    private static final String COMMIT_INTERVAL = "MUSTER_COMMIT_INTERVAL";

    /** Half of a transaction's timeout, which a commit has to come before. */
    private static final Duration MAX_COMMIT_INTERVAL = Duration.ofSeconds(5);

    /** Reads them; throws InvalidSettingException for a wrong one. */
    public static SessionStreamsConfig from(Settings settings) {
        return new SessionStreamsConfig(
                KafkaSettings.bootstrap(settings),
                settings.path("MUSTER_STATE_DIR").orElse(Path.of("data", "state")),
                settings.text("MUSTER_INSTANCE_ID").orElse("muster"),
                commitInterval(settings),
                RetentionSetting.from(settings),
                AccountZones.from(settings),
                settings.path("MUSTER_PRICES_FILE"),
                (int) settings.number("MUSTER_STREAM_THREADS", 1, 1, 256),
                (int) settings.number("MUSTER_STANDBYS", 0, 0, 8),
                RegistryConfig.from(settings),
                settings.number("MUSTER_LIVE_MEMORY_MIB", shareOfHeapMib(2), 8, 1 << 20) * MIB,
                settings.number("MUSTER_INDEX_MEMORY_MIB", shareOfHeapMib(1), 0, 1 << 20) * MIB,
                settings.flag("MUSTER_TRANSACTIONAL_STATE_STORES", true));
    }

    private static Duration commitInterval(Settings settings) {
        Duration interval = settings.duration(COMMIT_INTERVAL, Duration.ofMillis(500));
        if (interval.toMillis() < 1 || interval.compareTo(MAX_COMMIT_INTERVAL) > 0) {
            throw new InvalidSettingException(COMMIT_INTERVAL + " is " + interval + ", and must be from PT0.001S to "
                    + MAX_COMMIT_INTERVAL + ".");
        }
        return interval;
    }

    /** So many fifths of the heap. */
    private static long shareOfHeapMib(int fifths) {
        return Math.max(8, Runtime.getRuntime().maxMemory() / MIB * fifths / 5);
    }

    /** The same on another broker and folder. */
    public SessionStreamsConfig on(String otherBootstrap, Path otherStateDir) {
        return new SessionStreamsConfig(
                otherBootstrap,
                otherStateDir,
                instanceId,
                commitInterval,
                retention,
                zones,
                pricesFile,
                threads,
                standbys,
                registry,
                liveBytes,
                indexBytes,
                transactionalStores);
    }
}
