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
 * @param tooOld how many of those are older than what is kept
 * @param ignored the lines that tell nothing that is counted
 * @param copies the lines that were left out because an earlier file has them
 * @param refused the lines that could not be read or that the collector refused
 * @param bytes the bytes that were read
 * @param unusable the files and folders that could not be read, or not to their end, or are no transcripts
 */
public record ImportTotals(
        long files,
        long lines,
        long accepted,
        long tooOld,
        long ignored,
        long copies,
        long refused,
        long bytes,
        long unusable) {

    static final ImportTotals NONE = new ImportTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

    ImportTotals withUnusable(long paths) {
        return new ImportTotals(files, lines, accepted, tooOld, ignored, copies, refused, bytes, paths);
    }

    ImportTotals plus(ImportTotals more) {
        return new ImportTotals(
                files + more.files,
                lines + more.lines,
                accepted + more.accepted,
                tooOld + more.tooOld,
                ignored + more.ignored,
                copies + more.copies,
                refused + more.refused,
                bytes + more.bytes,
                unusable + more.unusable);
    }

    static ImportTotals ofFile() {
        return new ImportTotals(1, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    static ImportTotals ofLine(long bytes) {
        return new ImportTotals(0, 1, 0, 0, 0, 0, 0, bytes, 0);
    }

    static ImportTotals ofCopy() {
        return new ImportTotals(0, 0, 0, 0, 0, 1, 0, 0, 0);
    }

    static ImportTotals ofRefused(long lines) {
        return new ImportTotals(0, 0, 0, 0, 0, 0, lines, 0, 0);
    }

    static ImportTotals ofAnswer(long accepted, long tooOld, long ignored, long refused) {
        return new ImportTotals(0, 0, accepted, tooOld, ignored, 0, refused, 0, 0);
    }
}
