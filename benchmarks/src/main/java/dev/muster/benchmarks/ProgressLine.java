/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.queries.QueryBench;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how far a run is: a bar on a terminal, else a line now and then. */
final class ProgressLine implements QueryBench.Watcher {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(30);
    private static final int BAR = 24;
    private static final int MAX_WIDTH = 100;

    private final PrintWriter out;
    private final boolean bar;
    private final LongSupplier nanoTime;
    private long next;
    private int width;

    /**
     * Shows nothing yet.
     *
     * @param bar whether a line can be written over
     * @param nanoTime a clock, nanoseconds
     */
    ProgressLine(PrintWriter out, boolean bar, LongSupplier nanoTime) {
        this.out = out;
        this.bar = bar;
        this.nanoTime = nanoTime;
        next = nanoTime.getAsLong() + (bar ? 0 : LINE.toNanos());
    }

    /** One for this process's output. */
    static ProgressLine of(PrintWriter out) {
        return new ProgressLine(out, Boolean.getBoolean("muster.terminal"), System::nanoTime);
    }

    @Override
    public void progress(String what, double share, String detail) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            return;
        }
        next = now + (bar ? REDRAW : LINE).toNanos();
        String line = line(what, Math.max(0, Math.min(1, share)), detail);
        if (bar) {
            int before = width;
            width = line.length();
            out.print("\r" + line + " ".repeat(Math.max(0, before - width)));
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(String what, double share, String detail) {
        int full = (int) (share * BAR);
        String drawn = bar ? "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] " : "";
        String line = String.format(Locale.ROOT, "%-17s %s%3.0f %%  %s", what, drawn, share * 100, detail)
                .stripTrailing();
        return line.substring(0, Math.min(line.length(), MAX_WIDTH));
    }

    @Override
    public void say(String sentence) {
        clear();
        out.println(sentence);
        out.flush();
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
