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
                        "of these start",
                        "reading changelogs",
                        "replaying the journal",
                        "CPU-s",
                        "changelog records",
                        "changelog MiB",
                        "seconds per million events"));
        for (Restart restart : restarts) {
            table.row(List.of(
                    restart.name(),
                    Markdown.shown(restart.wallSeconds(), 1),
                    phase(restart, restart.startSeconds()),
                    phase(restart, restart.readSeconds()),
                    phase(restart, restart.wallSeconds() - restart.startSeconds() - restart.readSeconds()),
                    Markdown.shown(restart.cpuSeconds(), 1),
                    Markdown.count(restart.records()),
                    Markdown.shown(restart.bytes() / MIB, 1),
                    Markdown.shown(secondsPerMillion(restart), 2)));
        }
        return table.toString();
    }

    /** Of an instance that takes over there are no phases. */
    private static String phase(Restart restart, double seconds) {
        return restart.startSeconds() > 0 ? Markdown.shown(seconds, 1) : "–";
    }

    /**
     * What the first restart would mean for all that is kept at a high rate, with and without what a start takes before it reads
     * changelogs, and after.
     */
    public String extrapolated() {
        double millions = KEPT.toSeconds() * RATE / MILLION;
        Restart first = restarts.get(0);
        double all = secondsPerMillion(first) * millions;
        double reading = first.readSeconds() * MILLION / data.records() * millions;
        return "State: " + Markdown.shown(stateBytes / MIB, 1) + " MiB on disk for "
                + Markdown.count(data.records()) + " events. At this speed " + KEPT.toDays() + " days at "
                + Markdown.count(RATE) + " events/s (" + Markdown.whole(millions) + " million) would take "
                + Markdown.shown(hours(all), 1) + " hours to restore, or " + Markdown.shown(hours(reading), 1)
                + " of reading changelogs alone.";
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
