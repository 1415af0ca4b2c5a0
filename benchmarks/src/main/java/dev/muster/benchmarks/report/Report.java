/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Loaded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A run's results.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param baseline the case that the others are divided by, on the same data set
 * @param results in the order in which they were measured
 */
public record Report(Instant measuredAt, Environment environment, String baseline, List<CaseResult> results) {

    private record Row(
            String name,
            Loaded data,
            double cpuSecondsPerMillion,
            double recordsPerSecond,
            @Nullable Double ratio,
            List<Pass> passes) {}

    private record Content(String measuredAt, Environment environment, String baseline, List<Row> results) {}

    /** How many times the baseline's cost on the same data a result's is; empty where that was not measured. */
    public OptionalDouble ratio(CaseResult result) {
        return results.stream()
                .filter(other -> other.name().equals(baseline))
                .filter(other -> other.data().name().equals(result.data().name()))
                .mapToDouble(base -> result.cpuPerMillion() / base.cpuPerMillion())
                .findFirst();
    }

    /** The table, in Markdown. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| data | what | records/s | CPU-s per million | cold | × poll + decode |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: |");
        for (CaseResult result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.2f | %.2f | %s |",
                    result.data().name(),
                    result.description(),
                    result.recordsPerSecond(),
                    result.cpuPerMillion(),
                    result.coldCpuPerMillion(),
                    shown(ratio(result))));
        }
        return String.join("\n", lines);
    }

    private static String shown(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.1f", ratio.getAsDouble()) : "–";
    }

    /** Writes everything, each pass too, as JSON. */
    public void write(Path file) {
        Content content = new Content(
                measuredAt.toString(),
                environment,
                baseline,
                results.stream().map(this::row).toList());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), content);
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written to " + file, e);
        }
    }

    private Row row(CaseResult result) {
        OptionalDouble ratio = ratio(result);
        return new Row(
                result.name(),
                result.data(),
                result.cpuPerMillion(),
                result.recordsPerSecond(),
                ratio.isPresent() ? ratio.getAsDouble() : null,
                result.passes());
    }
}
