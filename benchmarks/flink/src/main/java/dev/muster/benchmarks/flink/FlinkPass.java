/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Committed;
import dev.muster.benchmarks.cases.FlinkJob;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Watch;
import dev.muster.benchmarks.cases.Workload;
import dev.muster.schemas.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A pass of the job in a cluster within this process, one slot. The time begins when its tasks run and ends when the offset
 * behind the last record is committed, which Flink does when the checkpoint that holds it is complete.
 */
public final class FlinkPass implements FlinkJob {

    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String LOOPBACK = "127.0.0.1";

    /** For the service loader. */
    public FlinkPass() {}

    @Override
    public Pass run(Workload workload) {
        Configuration settings = SumsJob.settings(workload.folder());
        JobGraph graph = SumsJob.graph(workload, settings);
        MiniClusterConfiguration shape = new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(1)
                .setCommonBindAddress(LOOPBACK)
                .withRandomPorts()
                .build();
        try (MiniCluster cluster = new MiniCluster(shape);
                Committed committed = new Committed(workload.bootstrap(), workload.id(), Topics.HOOK_EVENTS)) {
            cluster.start();
            JobID job = cluster.submitJob(graph).get().getJobID();
            Pass taken = measure(workload.loaded().records(), committed, cluster, job);
            check(workload, cluster, job);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the job ran", e);
        } catch (Exception e) {
            throw new IllegalStateException("the job has failed", e);
        }
    }

    private static Pass measure(long records, Committed committed, MiniCluster cluster, JobID job) throws Exception {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        CompletableFuture<JobResult> ended = cluster.requestJobResult(job);
        while (!runs(cluster.getExecutionGraph(job).get())) {
            look(ended, deadline);
        }
        Watch watch = new Watch();
        while (committed.records() < records) {
            look(ended, deadline);
        }
        return watch.taken(records);
    }

    private static boolean runs(AccessExecutionGraph graph) {
        return StreamSupport.stream(graph.getAllExecutionVertices().spliterator(), false)
                .allMatch(task -> task.getExecutionState() == ExecutionState.RUNNING);
    }

    private static void look(CompletableFuture<JobResult> ended, long deadline) throws Exception {
        if (ended.isDone()) {
            // Throws what the job died of.
            ended.get().toJobExecutionResult(FlinkPass.class.getClassLoader());
            throw new IllegalStateException("the job has ended by itself");
        }
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("not everything was read and committed within " + WITHIN);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    /** Checkpoints were taken and none failed; then the job is drained, and tells what stands in its state. */
    private static void check(Workload workload, MiniCluster cluster, JobID job) throws Exception {
        CheckpointStatsCounts checkpoints = cluster.getExecutionGraph(job)
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts();
        Case.check("failed checkpoints", 0, checkpoints.getNumberOfFailedCheckpoints());
        if (checkpoints.getNumberOfCompletedCheckpoints() == 0) {
            throw new IllegalStateException("no checkpoint was completed");
        }
        CompletableFuture<JobResult> ended = cluster.requestJobResult(job);
        String savepoint = workload.folder().resolve("savepoint").toUri().toString();
        cluster.stopWithSavepoint(job, savepoint, true, SavepointFormatType.NATIVE)
                .get(WITHIN.toSeconds(), TimeUnit.SECONDS);
        JobExecutionResult result =
                ended.get(WITHIN.toSeconds(), TimeUnit.SECONDS).toJobExecutionResult(FlinkPass.class.getClassLoader());
        Case.check("sessions", workload.loaded().sessions(), counted(result, Summing.SESSIONS));
        Case.check("events in all sessions", workload.loaded().records(), counted(result, Summing.EVENTS));
    }

    private static long counted(JobExecutionResult result, String accumulator) {
        return result.<Long>getAccumulatorResult(accumulator);
    }
}
