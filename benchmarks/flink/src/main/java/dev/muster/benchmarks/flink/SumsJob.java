/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import dev.muster.benchmarks.cases.Workload;
import dev.muster.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The job: records of the topic, by session, into sums in RocksDB, with a checkpoint every second. */
final class SumsJob {

    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);
    /** RocksDB's cache and buffers; Flink's default for a cluster in one process. */
    private static final MemorySize MANAGED_MEMORY = MemorySize.ofMebiBytes(128);

    private static final String MAX_POLL_RECORDS = "2000";

    private SumsJob() {}

    static Configuration settings(Path folder) {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(JobManagerOptions.BIND_HOST, JobCluster.LOOPBACK);
        settings.set(RestOptions.BIND_ADDRESS, JobCluster.LOOPBACK);
        settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED_MEMORY);
        settings.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        settings.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_EVERY);
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        // A pass that fails is to fail.
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        // Nothing is to fall back to a serializer by reflection.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        return settings;
    }

    static JobGraph graph(Workload workload, Configuration settings) {
        KafkaSource<Tuple2<String, byte[]>> source = KafkaSource.<Tuple2<String, byte[]>>builder()
                .setBootstrapServers(workload.bootstrap())
                .setGroupId(workload.id())
                .setTopics(Topics.HOOK_EVENTS)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS)
                .setDeserializer(new KeyedRecords())
                .build();
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        flink.setParallelism(1);
        flink.fromSource(source, WatermarkStrategy.noWatermarks(), "events")
                .keyBy(record -> record.f0, Types.STRING)
                .process(new Summing(workload.id()))
                .returns(Types.VOID)
                .name("sums");
        return flink.getStreamGraph().getJobGraph();
    }
}
