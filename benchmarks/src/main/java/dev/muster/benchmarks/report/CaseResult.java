/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.Memory;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a case took on a data set.
 *
 * @param name the case
 * @param description what it does
 * @param data what stood in the topic; a pass says how much of it was read
 * @param passes one cold pass, then warm ones, at least one
 * @param memory the most that its process has held
 */
public record CaseResult(String name, String description, Loaded data, List<Pass> passes, Memory memory) {

    private static final double MILLION = 1e6;
    private static final String MUSTER = "muster";

    /** Whether it is what the others are there to be compared with. */
    boolean isMuster() {
        return name.equals(MUSTER);
    }

    /** Processor seconds for a million records, the median of the warm passes. */
    public double cpuPerMillion() {
        return warmMedian(CaseResult::cpuPerMillion);
    }

    /** Processor seconds for a million records of the cold pass. */
    public double coldCpuPerMillion() {
        return cpuPerMillion(passes.get(0));
    }

    /** Records a second, the median of the warm passes. */
    public double recordsPerSecond() {
        return warmMedian(pass -> pass.records() / pass.wallSeconds());
    }

    private static double cpuPerMillion(Pass pass) {
        return pass.cpuSeconds() * MILLION / pass.records();
    }

    /** How many records the case has read in each pass. */
    public long records() {
        return passes.get(0).records();
    }

    private double warmMedian(ToDoubleFunction<Pass> of) {
        double[] sorted = passes.stream().skip(1).mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
