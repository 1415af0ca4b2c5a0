/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

/**
 * What it took until all sessions could be read again.
 *
 * @param name how the instance before had ended
 * @param wallSeconds from the process's start, or the other's end, until the sessions answer
 * @param startSeconds of these, until the first changelog is read
 * @param readSeconds of these, until all changelogs are read; what is left is the journal's replay
 * @param cpuSeconds of the instance's process in that time
 * @param records how many records of changelogs were restored
 * @param bytes how many bytes of changelogs were read, uncompressed
 */
public record Restart(
        String name,
        double wallSeconds,
        double startSeconds,
        double readSeconds,
        double cpuSeconds,
        long records,
        long bytes) {}
