/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.FlinkJob;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Watch;
import dev.muster.benchmarks.cases.Workload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;

/**
 * A pass of the job over the whole topic. The time begins when its tasks run and ends when a checkpoint is complete that
 * holds the last record: there is no pass without one, and one that fails ends the job.
 */
public final class FlinkPass implements FlinkJob {

    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** For the service loader. */
    public FlinkPass() {}

    @Override
    public Pass run(Workload workload) {
        Configuration settings = SumsJob.settings(workload.folder());
        try (JobCluster cluster = JobCluster.start(SumsJob.graph(workload, settings), settings)) {
            Pass taken = measure(workload, cluster);
            check(workload, cluster);
            return taken;
        } catch (IllegalStateException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the job ran", e);
        } catch (Exception e) {
            throw new IllegalStateException("the job has failed", e);
        }
    }

    private static Pass measure(Workload workload, JobCluster cluster) throws Exception {
        long records = workload.loaded().records();
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!cluster.runs()) {
            pause(cluster, deadline);
        }
        Progress progress = Progress.of(workload.id());
        Watch watch = new Watch();
        while (progress.checkpointed() < records) {
            pause(cluster, deadline);
        }
        return watch.taken(records);
    }

    private static void pause(JobCluster cluster, long deadline) throws Exception {
        cluster.throwIfEnded();
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException("not everything was read and in a checkpoint within " + WITHIN);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    /** Lets the job come to its end, and tell what stands in its state. */
    private static void check(Workload workload, JobCluster cluster) throws Exception {
        JobExecutionResult result = cluster.drain(workload.folder().resolve("savepoint"));
        Case.check("sessions", workload.loaded().sessions(), result.<Long>getAccumulatorResult(Summing.SESSIONS));
        Case.check(
                "events in all sessions",
                workload.loaded().records(),
                result.<Long>getAccumulatorResult(Summing.EVENTS));
    }
}
