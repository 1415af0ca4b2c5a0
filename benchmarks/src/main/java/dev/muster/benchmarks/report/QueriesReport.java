/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Fleet;
import dev.muster.benchmarks.queries.QueryBench.Outcome;
import dev.muster.benchmarks.queries.QueryResults;
import dev.muster.benchmarks.queries.QuestionTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How soon questions about a fleet were answered, and what the fleet took.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param fleet the fleet's size
 * @param rate the events a second that were asked for; 0 if none came
 * @param outcome what was measured
 */
public record QueriesReport(Instant measuredAt, Environment environment, Fleet fleet, int rate, Outcome outcome) {

    private static final double MILLION = 1e6;
    private static final double MIB = 1 << 20;
    private static final String NONE = "–";

    private record Content(
            String measuredAt,
            Environment environment,
            Fleet fleet,
            int rate,
            double loadingCpuSecondsPerMillion,
            double heapBytesPerSession,
            double loadCpuSecondsPerMillion,
            Outcome outcome) {}

    /** What the fleet took, in Markdown. */
    public String costs() {
        QueryResults results = outcome.results();
        return new Markdown(
                        0,
                        List.of(
                                "sessions",
                                "events",
                                "taken in, seconds",
                                "CPU-s per million",
                                "heap empty, MiB",
                                "heap at rest, MiB",
                                "heap bytes per session at rest",
                                "resident MiB",
                                "sent/s",
                                "taken/s",
                                "CPU-s per million under load, with the reading",
                                "interruptions"))
                .row(List.of(
                        Markdown.count(results.sessions()),
                        Markdown.count(results.loading().records()),
                        Markdown.whole(results.loading().wallSeconds()),
                        Markdown.shown(cpuPerMillion(results.loading()), 2),
                        Markdown.shown(results.heapEmptyBytes() / MIB, 1),
                        Markdown.shown(results.heapAtRestBytes() / MIB, 1),
                        Markdown.whole(results.heapPerSession()),
                        Markdown.whole(results.memory().residentMib()),
                        rate == 0 ? NONE : Markdown.whole(outcome.sent().perSecond()),
                        rate == 0 ? NONE : Markdown.whole(takenPerSecond()),
                        rate == 0 ? NONE : Markdown.shown(cpuPerMillion(results.load()), 2),
                        Markdown.count(results.interruptions())))
                .toString();
    }

    private static double cpuPerMillion(Pass pass) {
        return pass.records() == 0 ? 0 : pass.cpuSeconds() * MILLION / pass.records();
    }

    private double takenPerSecond() {
        Pass load = outcome.results().load();
        return load.records() / load.wallSeconds();
    }

    /** How soon questions were answered, in Markdown. */
    public String times() {
        List<String> header =
                new ArrayList<>(List.of("question", "rows", "p50 ms", "p95 ms", "p99 ms", "max ms", "CPU ms", "times"));
        if (rate > 0) {
            List.of("p50 ms", "p95 ms", "p99 ms", "max ms", "CPU ms", "times")
                    .forEach(figure -> header.add("load: " + figure));
        }
        Markdown table = new Markdown(1, header);
        List<QuestionTimes> underLoad = outcome.results().underLoad();
        for (int i = 0; i < outcome.results().atRest().size(); i++) {
            QuestionTimes atRest = outcome.results().atRest().get(i);
            List<String> row = new ArrayList<>(List.of(atRest.name(), Markdown.count(atRest.rows())));
            addTo(row, atRest);
            if (rate > 0) {
                addTo(row, underLoad.get(i));
            }
            table.row(row);
        }
        return table.toString();
    }

    private static void addTo(List<String> row, QuestionTimes times) {
        row.add(Markdown.shown(times.p50Ms(), 2));
        row.add(Markdown.shown(times.p95Ms(), 2));
        row.add(Markdown.shown(times.p99Ms(), 2));
        row.add(Markdown.shown(times.maxMs(), 2));
        row.add(Markdown.shown(times.cpuMs(), 2));
        row.add(Markdown.count(times.times()));
    }

    /**
     * Writes everything as JSON.
     *
     * @param folder where to
     * @param name the file's name, without an ending
     */
    public void write(Path folder, String name) {
        QueryResults results = outcome.results();
        ResultFiles.writeJson(
                folder.resolve(name + ".json"),
                new Content(
                        measuredAt.toString(),
                        environment,
                        fleet,
                        rate,
                        cpuPerMillion(results.loading()),
                        results.heapPerSession(),
                        cpuPerMillion(results.load()),
                        outcome));
    }
}
