/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Keeps what an import says, and does in its pauses what a test asks for. */
class ScriptedWatcher implements ImportWatcher {

    private final List<String> said = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final BooleanSupplier inPause;
    private final long stopAfterLines;
    private ImportTotals totals = ImportTotals.NONE;
    private boolean stopped;

    /**
     * @param inPause tells in each pause whether to stop
     * @param stopAfterLines read lines after which to stop
     */
    ScriptedWatcher(BooleanSupplier inPause, long stopAfterLines) {
        this.inPause = inPause;
        this.stopAfterLines = stopAfterLines;
    }

    static ScriptedWatcher patient() {
        return new ScriptedWatcher(() -> false, Long.MAX_VALUE);
    }

    List<String> said() {
        return said;
    }

    ImportTotals totals() {
        return totals;
    }

    List<Duration> pauses() {
        return pauses;
    }

    @Override
    public void progress(ImportTotals soFar, long totalBytes, long totalFiles) {
        totals = soFar;
    }

    @Override
    public void say(String sentence) {
        said.add(sentence);
    }

    @Override
    public boolean pause(Duration atMost) {
        pauses.add(atMost);
        stopped |= inPause.getAsBoolean();
        return stopped;
    }

    @Override
    public boolean isStopped() {
        return stopped || totals.lines() >= stopAfterLines;
    }
}
