/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.time.Duration;

/** What an import tells while it runs, and asks: whether to stop. All calls come from the thread that runs it. */
public interface ImportWatcher {

    /**
     * Something was done.
     *
     * @param totals all that was done so far
     * @param totalBytes what there is to read, as far as it is known
     * @param totalFiles the transcripts that were found
     */
    void progress(ImportTotals totals, long totalBytes, long totalFiles);

    /** A sentence about something that went wrong or takes long, while the import goes on. */
    void say(String sentence);

    /** Waits, for so long at most; whether the import is to end. */
    boolean pause(Duration atMost) throws InterruptedException;

    /** Whether the import is to end. */
    boolean isStopped();
}
