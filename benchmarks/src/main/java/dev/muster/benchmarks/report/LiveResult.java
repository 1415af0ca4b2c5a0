/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.process.Memory;
import java.time.Duration;

/**
 * What a case took while events came at a live rate.
 *
 * @param name the case
 * @param description what it does
 * @param commitInterval how often it committed, where it does
 * @param sentPerSecond the events a second that were sent while it was measured: the rate reached, not the one asked for
 * @param pass from the end of the warming up until the last record was taken in, and committed where that is done
 * @param memory the most that its process has held
 */
public record LiveResult(
        String name, String description, Duration commitInterval, double sentPerSecond, Pass pass, Memory memory) {

    private static final double MILLION = 1e6;

    /** Processor seconds for a million records. */
    public double cpuPerMillion() {
        return pass.cpuSeconds() * MILLION / pass.records();
    }

    /** The records a second that it took in. */
    public double readPerSecond() {
        return pass.records() / pass.wallSeconds();
    }
}
