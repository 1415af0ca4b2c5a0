/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/** A Flink cluster within this process, one slot, that runs one job. */
final class JobCluster implements AutoCloseable {

    static final String LOOPBACK = "127.0.0.1";
    private static final Duration END_WITHIN = Duration.ofMinutes(1);

    private final MiniCluster cluster;
    private final JobID job;
    private final CompletableFuture<JobResult> ended;

    private JobCluster(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
        ended = cluster.requestJobResult(job);
    }

    static JobCluster start(JobGraph graph, Configuration settings) throws Exception {
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .setCommonBindAddress(LOOPBACK)
                .withRandomPorts()
                .build());
        try {
            cluster.start();
            return new JobCluster(cluster, cluster.submitJob(graph).get().getJobID());
        } catch (Exception e) {
            end(cluster);
            throw e;
        }
    }

    /** Whether all tasks run. */
    boolean runs() throws Exception {
        return StreamSupport.stream(
                        cluster.getExecutionGraph(job)
                                .get()
                                .getAllExecutionVertices()
                                .spliterator(),
                        false)
                .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    /** Throws what the job has died of. */
    void throwIfEnded() throws Exception {
        if (ended.isDone()) {
            result();
            throw new IllegalStateException("the job has ended by itself");
        }
    }

    /** Lets the job come to the end of time, and stop. */
    JobExecutionResult drain(Path savepoints) throws Exception {
        cluster.stopWithSavepoint(job, savepoints.toUri().toString(), true, SavepointFormatType.NATIVE)
                .get(END_WITHIN.toSeconds(), TimeUnit.SECONDS);
        return result();
    }

    private JobExecutionResult result() throws Exception {
        return ended.get(END_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .toJobExecutionResult(JobCluster.class.getClassLoader());
    }

    @Override
    public void close() {
        end(cluster);
    }

    private static void end(MiniCluster cluster) {
        cluster.closeAsync().orTimeout(END_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
    }
}
