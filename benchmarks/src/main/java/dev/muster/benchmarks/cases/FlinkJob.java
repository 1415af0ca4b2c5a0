/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

/**
 * The pass that Flink takes. It is a service of another module, for Flink's RocksDB has the same class names as Kafka
 * Streams' and cannot be on one class path with it.
 */
public interface FlinkJob {

    /** As {@link Case#run}. */
    Pass run(Workload workload);
}
