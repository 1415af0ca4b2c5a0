/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.FirstPages;
import dev.muster.benchmarks.cases.Opening;
import dev.muster.benchmarks.data.Loaded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What events of large sessions cost, and how soon their first pages open.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param runs the mix first, which the others are compared with
 */
public record LargeReport(Instant measuredAt, Environment environment, List<Run> runs) {

    private static final double MILLION = 1e6;

    /**
     * One data set's.
     *
     * @param data what was read
     * @param result what it cost, and what was opened
     */
    public record Run(Loaded data, FirstPages.Result result) {

        /** CPU seconds for a million of its records. */
        public double cpuPerMillion() {
            return result.pass().cpuSeconds() * MILLION / result.pass().records();
        }
    }

    private record Content(String measuredAt, Environment environment, List<Run> runs) {}

    /** What events cost, in Markdown. */
    public String costs() {
        Markdown table = new Markdown(1, List.of("data", "records", "sessions", "CPU-s per million", "× mix"));
        double mix = runs.get(0).cpuPerMillion();
        for (Run run : runs) {
            table.row(List.of(
                    run.data().name(),
                    Markdown.count(run.data().records()),
                    Markdown.count(run.data().sessions()),
                    Markdown.shown(run.cpuPerMillion(), 2),
                    Markdown.shown(run.cpuPerMillion() / mix, 2)));
        }
        return table.toString();
    }

    /** How soon pages open, in Markdown. */
    public String pages() {
        Markdown table = new Markdown(2, List.of("data", "first page of", "p50 ms", "max ms"));
        for (Run run : runs) {
            for (Opening opening : run.result().openings()) {
                table.row(List.of(
                        run.data().name(),
                        opening.page(),
                        Markdown.shown(opening.medianMs(), 2),
                        Markdown.shown(opening.mostMs(), 2)));
            }
        }
        return table.toString();
    }

    /**
     * Writes everything as JSON.
     *
     * @param folder where to
     * @param name the file's name, without an ending
     */
    public void write(Path folder, String name) {
        ResultFiles.writeJson(folder.resolve(name + ".json"), new Content(measuredAt.toString(), environment, runs));
    }
}
