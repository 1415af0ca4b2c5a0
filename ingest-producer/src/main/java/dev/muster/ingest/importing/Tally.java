/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

/**
 * What an import has done so far.
 *
 * @param files the transcripts that had something new
 * @param lines the lines that were read of them
 * @param accepted the events that the collector took
 * @param ignored the lines that tell nothing that is counted
 * @param copies the lines that were left out because an earlier file has them
 * @param refused the lines that could not be read or that the collector refused
 * @param bytes the bytes that were read
 */
public record Tally(long files, long lines, long accepted, long ignored, long copies, long refused, long bytes) {

    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    Tally plus(Tally more) {
        return new Tally(
                files + more.files,
                lines + more.lines,
                accepted + more.accepted,
                ignored + more.ignored,
                copies + more.copies,
                refused + more.refused,
                bytes + more.bytes);
    }

    static Tally ofFile() {
        return new Tally(1, 0, 0, 0, 0, 0, 0);
    }

    static Tally ofLine(long bytes) {
        return new Tally(0, 1, 0, 0, 0, 0, bytes);
    }

    static Tally ofCopy() {
        return new Tally(0, 0, 0, 0, 1, 0, 0);
    }

    static Tally ofRefused(long lines) {
        return new Tally(0, 0, 0, 0, 0, lines, 0);
    }

    static Tally ofAnswer(long accepted, long ignored, long refused) {
        return new Tally(0, 0, accepted, ignored, 0, refused, 0);
    }
}
