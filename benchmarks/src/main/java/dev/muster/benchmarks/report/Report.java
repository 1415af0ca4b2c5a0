/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.Memory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A replay's results.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param baseline the case that the others are divided by, on the same data set
 * @param reference the data set that growth is measured against, case by case
 * @param results in the order in which they were measured
 */
public record Report(
        Instant measuredAt, Environment environment, String baseline, String reference, List<CaseResult> results) {

    private static final String RATIO = "× poll + decode";

    private record Row(
            String name,
            Loaded data,
            long records,
            double cpuSecondsPerMillion,
            double recordsPerSecond,
            @Nullable Double ratio,
            @Nullable Double growth,
            Memory memory,
            List<Pass> passes) {}

    private record Content(String measuredAt, Environment environment, String baseline, List<Row> results) {}

    /** How many times the baseline's cost on the same data a result's is; empty where that was not measured. */
    public OptionalDouble ratio(CaseResult result) {
        return times(
                result,
                other -> other.name().equals(baseline)
                        && other.data().name().equals(result.data().name()));
    }

    /** How many times the same case's cost on the reference a result's is; empty where that was not measured. */
    public OptionalDouble growth(CaseResult result) {
        return times(
                result,
                other -> other.name().equals(result.name())
                        && other.data().name().equals(reference));
    }

    private OptionalDouble times(CaseResult result, Predicate<CaseResult> divisor) {
        return results.stream()
                .filter(divisor)
                .mapToDouble(other -> result.cpuPerMillion() / other.cpuPerMillion())
                .findFirst();
    }

    /** The table, in Markdown. */
    public String table() {
        List<String> header = List.of(
                "data",
                "what",
                "records",
                "records/s",
                "CPU-s per million",
                "cold",
                RATIO,
                "× " + reference,
                "resident MiB",
                "heap MiB");
        Markdown table = new Markdown(2, header);
        for (CaseResult result : results) {
            table.row(List.of(
                    result.data().name(),
                    result.description(),
                    Markdown.count(result.records()),
                    Markdown.whole(result.recordsPerSecond()),
                    Markdown.shown(result.cpuPerMillion(), 2),
                    Markdown.shown(result.coldCpuPerMillion(), 2),
                    Markdown.shown(ratio(result), 1),
                    Markdown.shown(growth(result), 2),
                    Markdown.whole(result.memory().residentMib()),
                    Markdown.whole(result.memory().heapMib())));
        }
        return table.toString();
    }

    /**
     * Writes everything, each pass too, as JSON, and the ratios as a picture.
     *
     * @param folder where to
     * @param name the files' name, without an ending
     */
    public void write(Path folder, String name) {
        List<Row> rows = results.stream().map(this::row).toList();
        ResultFiles.writeJson(
                folder.resolve(name + ".json"), new Content(measuredAt.toString(), environment, baseline, rows));
        ResultFiles.writeText(folder.resolve(name + ".svg"), chart().svg());
    }

    private BarChart chart() {
        boolean oneDataSet = results.stream().map(CaseResult::data).distinct().count() == 1;
        List<BarChart.Bar> bars = new ArrayList<>();
        for (CaseResult result : results) {
            String label = oneDataSet ? result.name() : result.data().name() + ", " + result.name();
            ratio(result).ifPresent(ratio -> bars.add(new BarChart.Bar(label, ratio, result.isMuster())));
        }
        return new BarChart("CPU per record, " + RATIO, bars);
    }

    private Row row(CaseResult result) {
        return new Row(
                result.name(),
                result.data(),
                result.records(),
                result.cpuPerMillion(),
                result.recordsPerSecond(),
                orNull(ratio(result)),
                orNull(growth(result)),
                result.memory(),
                result.passes());
    }

    private static @Nullable Double orNull(OptionalDouble figure) {
        return figure.isPresent() ? figure.getAsDouble() : null;
    }
}
