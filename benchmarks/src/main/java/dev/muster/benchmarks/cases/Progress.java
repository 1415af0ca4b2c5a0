/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** How far a group has come. */
public final class Progress {

    private Progress() {}

    /** How many records of a topic it has committed. */
    public static long committed(Admin admin, String group, String topic)
            throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }
}
