/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.process.Memory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The results of events that came at a live rate.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param rate the events a second that were asked for
 * @param sessions how many sessions were at work
 * @param results the one that the others are divided by first
 */
public record LiveReport(
        Instant measuredAt, Environment environment, int rate, int sessions, List<LiveResult> results) {

    private record Row(
            String name,
            long commitIntervalMillis,
            double sentPerSecond,
            double readPerSecond,
            double cpuSecondsPerMillion,
            double ratio,
            Memory memory,
            Pass pass) {}

    private record Content(String measuredAt, Environment environment, int rate, int sessions, List<Row> results) {}

    /** How many times the first result's cost a result's is. */
    public double ratio(LiveResult result) {
        return result.cpuPerMillion() / results.get(0).cpuPerMillion();
    }

    /** The table, in Markdown. */
    public String table() {
        Markdown table = new Markdown(
                1,
                List.of(
                        "what",
                        "commit every",
                        "sent/s",
                        "read/s",
                        "CPU-s per million",
                        "× poll + decode",
                        "resident MiB",
                        "heap MiB"));
        for (LiveResult result : results) {
            table.row(List.of(
                    result.description(),
                    result.commitInterval().isZero()
                            ? "–"
                            : result.commitInterval().toMillis() + " ms",
                    Markdown.whole(result.sentPerSecond()),
                    Markdown.whole(result.readPerSecond()),
                    Markdown.shown(result.cpuPerMillion(), 2),
                    Markdown.shown(ratio(result), 1),
                    Markdown.whole(result.memory().residentMib()),
                    Markdown.whole(result.memory().heapMib())));
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
        List<Row> rows = results.stream().map(this::row).toList();
        ResultFiles.writeJson(
                folder.resolve(name + ".json"), new Content(measuredAt.toString(), environment, rate, sessions, rows));
    }

    private Row row(LiveResult result) {
        return new Row(
                result.name(),
                result.commitInterval().toMillis(),
                result.sentPerSecond(),
                result.readPerSecond(),
                result.cpuPerMillion(),
                ratio(result),
                result.memory(),
                result.pass());
    }
}
