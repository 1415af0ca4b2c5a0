/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import dev.muster.benchmarks.cases.MusterInstance;

/**
 * How an instance is.
 *
 * @param running whether Kafka Streams says that it runs
 * @param active how many tasks it is the active one for
 * @param standby how many tasks it stands by for
 * @param lag how many records of the changelogs its stores lack
 * @param answers whether its sessions can be read
 * @param cpuSeconds what its process has taken since it was started
 * @param restored how many records of changelogs it has restored as the active one
 * @param restoredBytes those that were read of changelogs, uncompressed, standing by too
 * @param restoreBegan when it began to read changelogs as the active one, epoch milliseconds; 0 before
 * @param restoreEnded when it had last read one to its end, epoch milliseconds; 0 before
 * @param unwritten how many sessions have something in the journal that is not in their rows
 */
record InstanceStatus(
        boolean running,
        int active,
        int standby,
        long lag,
        boolean answers,
        double cpuSeconds,
        long restored,
        long restoredBytes,
        long restoreBegan,
        long restoreEnded,
        long unwritten) {

    /** Whether it has all tasks, and all sessions can be read. */
    boolean ready() {
        return running && active == MusterInstance.TASKS && answers;
    }

    /** Whether it has a part of the tasks, or none, and could take over the others with nothing to restore. */
    boolean standsBy() {
        return running && standby > 0 && active + standby == MusterInstance.TASKS && lag == 0;
    }
}
