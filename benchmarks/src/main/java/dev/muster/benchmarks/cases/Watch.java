/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Takes the time of this process by the clock and by the processor. */
public final class Watch {

    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long wall = System.nanoTime();
    private final long cpu = PROCESS.getProcessCpuTime();

    /** Begins now. */
    public Watch() {}

    /** What it took since this watch was made, to read so many records. */
    public Pass taken(long records) {
        return new Pass(records, (System.nanoTime() - wall) / NANOS, (PROCESS.getProcessCpuTime() - cpu) / NANOS);
    }
}
