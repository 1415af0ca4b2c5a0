/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.flink;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many records are safe in a completed checkpoint. The job's tasks are in this process but are made from bytes, so they
 * find it by the job's name. The offsets that Flink commits to Kafka say the same, up to ten seconds late.
 */
final class Progress {

    private static final Map<String, Progress> BY_JOB = new ConcurrentHashMap<>();

    private final AtomicLong checkpointed = new AtomicLong();

    private Progress() {}

    static Progress of(String job) {
        return BY_JOB.computeIfAbsent(job, name -> new Progress());
    }

    void checkpointed(long records) {
        checkpointed.set(records);
    }

    long checkpointed() {
        return checkpointed.get();
    }
}
