/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/**
 * What questions are timed by.
 *
 * @param wall time that passes, nanoseconds
 * @param cpu the processor time of the thread that looks, nanoseconds: of what else the machine does there is less in it
 */
record Clocks(LongSupplier wall, LongSupplier cpu) {

    /** This process's. */
    static Clocks system() {
        return new Clocks(System::nanoTime, ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime);
    }
}
