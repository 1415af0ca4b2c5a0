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
        return taken(records, wallSeconds());
    }

    /** The seconds since this watch was made. */
    public double wallSeconds() {
        return (System.nanoTime() - wall) / NANOS;
    }

    /** What it took to read so many records in so many seconds, and whatever work was left then and is done by now. */
    public Pass taken(long records, double wallSeconds) {
        return new Pass(records, wallSeconds, (PROCESS.getProcessCpuTime() - cpu) / NANOS);
    }
}
