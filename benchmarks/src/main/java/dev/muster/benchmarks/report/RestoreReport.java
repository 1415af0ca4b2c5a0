/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.restore.Restart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long state took to come back.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param data what the state was made of
 * @param restarts in the order in which they were measured: from the changelogs, from the disk, others
 * @param stateBytes the state's size on disk
 */
public record RestoreReport(
        Instant measuredAt, Environment environment, Loaded data, List<Restart> restarts, long stateBytes) {

    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;
    private static final int RATE = 1_000;
    private static final Duration KEPT = Duration.ofDays(30);

    private record Content(
            String measuredAt, Environment environment, Loaded data, List<Restart> restarts, long stateBytes) {}

    /** Seconds for a million events whose state it is; what a start takes in any case is in it. */
    public double secondsPerMillion(Restart restart) {
        return restart.wallSeconds() * MILLION / data.records();
    }

    /** The table, in Markdown. */
    public String table() {
        Markdown table = new Markdown(
                1,
                List.of(
                        "until the sessions answer",
                        "seconds",
                        "CPU-s",
                        "changelog records",
                        "changelog MiB",
                        "seconds per million events"));
        for (Restart restart : restarts) {
            table.row(List.of(
                    restart.name(),
                    Markdown.shown(restart.wallSeconds(), 1),
                    Markdown.shown(restart.cpuSeconds(), 1),
                    Markdown.count(restart.records()),
                    Markdown.shown(restart.bytes() / MIB, 1),
                    Markdown.shown(secondsPerMillion(restart), 2)));
        }
        return table.toString();
    }

    /** What the first restart, from the changelogs, would mean for all that is kept at a high rate. */
    public String extrapolated() {
        double millions = KEPT.toSeconds() * RATE / MILLION;
        double max = secondsPerMillion(restarts.get(0)) * millions;
        double start = secondsPerMillion(restarts.get(1)) * millions;
        return "State: " + Markdown.shown(stateBytes / MIB, 1) + " MiB on disk for "
                + Markdown.count(data.records()) + " events. At this speed " + KEPT.toDays() + " days at "
                + Markdown.count(RATE) + " events/s (" + Markdown.whole(millions) + " million) would take "
                + Markdown.shown(hours(max), 1) + " hours to restore, or "
                + Markdown.shown(hours(Math.max(0, max - start)), 1) + " without what a start takes in any case.";
    }

    private static double hours(double seconds) {
        return seconds / Duration.ofHours(1).toSeconds();
    }

    /**
     * Writes everything as JSON.
     *
     * @param folder where to
     * @param name the file's name, without an ending
     */
    public void write(Path folder, String name) {
        ResultFiles.writeJson(
                folder.resolve(name + ".json"),
                new Content(measuredAt.toString(), environment, data, restarts, stateBytes));
    }
}
