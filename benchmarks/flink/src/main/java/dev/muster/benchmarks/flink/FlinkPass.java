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
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CheckpointStatsCounts;

/**
 * A pass of the job over the whole topic. The time begins when its tasks run and ends when the offset behind the last record
 * is committed, which Flink does when the checkpoint that holds it is complete.
 */
public final class FlinkPass implements FlinkJob {

    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** For the service loader. */
    public FlinkPass() {}

    @Override
    public Pass run(Workload workload) {
        Configuration settings = SumsJob.settings(workload.folder());
        try (JobCluster cluster = JobCluster.start(SumsJob.graph(workload, settings), settings);
                Committed committed = new Committed(workload.bootstrap(), workload.id(), Topics.HOOK_EVENTS)) {
            Pass taken = measure(workload.loaded().records(), committed, cluster);
            check(workload, cluster);
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the job ran", e);
        } catch (Exception e) {
            throw new IllegalStateException("the job has failed", e);
        }
    }

    private static Pass measure(long records, Committed committed, JobCluster cluster) throws Exception {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!cluster.runs()) {
            pause(cluster, deadline);
        }
        Watch watch = new Watch();
        while (committed.records() < records) {
            pause(cluster, deadline);
        }
        return watch.taken(records);
    }

    private static void pause(JobCluster cluster, long deadline) throws Exception {
        cluster.throwIfEnded();
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("not everything was read and committed within " + WITHIN);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    /** Checkpoints were completed and none failed; then the job is drained, and tells what stands in its state. */
    private static void check(Workload workload, JobCluster cluster) throws Exception {
        CheckpointStatsCounts checkpoints = cluster.checkpoints();
        Case.check("failed checkpoints", 0, checkpoints.getNumberOfFailedCheckpoints());
        if (checkpoints.getNumberOfCompletedCheckpoints() == 0) {
            throw new IllegalStateException("no checkpoint was completed");
        }
        JobExecutionResult result = cluster.drain(workload.folder().resolve("savepoint"));
        Case.check("sessions", workload.loaded().sessions(), result.<Long>getAccumulatorResult(Summing.SESSIONS));
        Case.check(
                "events in all sessions",
                workload.loaded().records(),
                result.<Long>getAccumulatorResult(Summing.EVENTS));
    }
}
