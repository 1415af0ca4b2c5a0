/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.ingest.importing.ImportTotals;
import dev.muster.ingest.importing.ImportWatcher;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Shows how an import gets on: a bar on a terminal, else a line every few seconds. */
final class ImportProgress implements ImportWatcher {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final int BAR = 24;
    private static final double MEGABYTE = 1e6;

    private final PrintWriter out;
    private final PrintWriter err;
    private final StopSignal stop;
    private final InstantSource clock;
    private final Look look;
    private final Instant start;
    private Instant shown;
    private int width;
    private long files;

    /** How progress is shown. */
    enum Look {
        BAR,
        LINES,
        NONE
    }

    ImportProgress(PrintWriter out, PrintWriter err, StopSignal stop, InstantSource clock, Look look) {
        this.out = out;
        this.err = err;
        this.stop = stop;
        this.clock = clock;
        this.look = look;
        this.start = clock.instant();
        this.shown = start;
    }

    @Override
    public void progress(ImportTotals totals, long totalBytes, long totalFiles) {
        files = totalFiles;
        Instant now = clock.instant();
        if (look == Look.NONE || now.isBefore(shown.plus(look == Look.BAR ? REDRAW : LINE))) {
            return;
        }
        shown = now;
        String line = line(
                totals, totalBytes, Math.max(1, Duration.between(start, now).toMillis()) / 1000.0);
        if (look == Look.BAR) {
            int before = width;
            width = line.length();
            out.print("\r" + line + " ".repeat(Math.max(0, before - width)));
        } else {
            out.println(line);
        }
        out.flush();
    }

    @Override
    public void say(String sentence) {
        clear();
        err.println(sentence);
    }

    @Override
    public boolean pause(Duration atMost) throws InterruptedException {
        return stop.await(atMost);
    }

    @Override
    public boolean isStopped() {
        return stop.isRequested();
    }

    /** The last sentence. */
    void end(ImportTotals totals) {
        clear();
        if (stop.isRequested()) {
            out.println("Stopped; the same command goes on from here.");
        }
        if (look != Look.NONE) {
            out.println(summary(totals, Duration.between(start, clock.instant())));
        }
        if (totals.tooOld() > 0) {
            err.println(counted(totals.tooOld(), "event is", "events are")
                    + " older than what is kept (MUSTER_RETENTION), and will not be shown.");
            err.flush();
        }
        out.flush();
    }

    private String summary(ImportTotals totals, Duration took) {
        if (totals.lines() == 0) {
            return "Nothing new in " + transcripts(files) + unusable(totals) + ".";
        }
        return String.format(
                Locale.ROOT,
                "Imported %s in %.1f s: %s, %s accepted, %s without one, %s skipped, %,d refused%s.",
                transcripts(totals.files()),
                took.toMillis() / 1000.0,
                counted(totals.lines(), "line", "lines"),
                counted(totals.accepted(), "event", "events"),
                counted(totals.ignored(), "line", "lines"),
                counted(totals.copies(), "copy", "copies"),
                totals.refused(),
                unusable(totals));
    }

    private static String unusable(ImportTotals totals) {
        return totals.unusable() == 0
                ? ""
                : ", " + counted(totals.unusable(), "file or folder", "files and folders") + " that cannot be used";
    }

    private static String transcripts(long count) {
        return counted(count, "transcript", "transcripts");
    }

    private static String counted(long count, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
    }

    private String line(ImportTotals totals, long totalBytes, double seconds) {
        double share = totalBytes == 0 ? 1 : Math.min(1, (double) totals.bytes() / totalBytes);
        double rate = totals.bytes() / seconds;
        long left = rate == 0 ? 0 : Math.round(Math.max(0, totalBytes - totals.bytes()) / rate);
        String bar = look == Look.BAR
                ? "[" + "#".repeat((int) (share * BAR)) + ".".repeat(BAR - (int) (share * BAR)) + "] "
                : "";
        return String.format(
                Locale.ROOT,
                "%s%3.0f %%  %.1f of %.1f MB, %,d of %,d files, %,d events, %.1f MB/s, %d:%02d left",
                bar,
                share * 100,
                totals.bytes() / MEGABYTE,
                totalBytes / MEGABYTE,
                totals.files(),
                files,
                totals.accepted(),
                rate / MEGABYTE,
                left / 60,
                left % 60);
    }

    /** Takes the bar off the terminal. */
    void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
