/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

/**
 * The most memory that a process has held.
 *
 * @param residentBytes of the machine's memory, heap and all else together; 0 where the system does not tell (only Linux does)
 * @param heapBytes of the heap after a collection: what was in use, and what of it a small collection leaves lying
 */
public record Memory(long residentBytes, long heapBytes) {

    private static final double MIB = 1 << 20;

    /** The larger of each. */
    public Memory max(Memory other) {
        return new Memory(Math.max(residentBytes, other.residentBytes), Math.max(heapBytes, other.heapBytes));
    }

    /** The resident bytes in MiB. */
    public double residentMib() {
        return residentBytes / MIB;
    }

    /** The heap's bytes in MiB. */
    public double heapMib() {
        return heapBytes / MIB;
    }
}
