/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run's results.
 *
 * @param measuredAt when it began
 * @param environment where
 * @param baseline the case that the others are divided by, on the same data set
 * @param results in the order in which they were measured
 */
public record Report(Instant measuredAt, Environment environment, String baseline, List<CaseResult> results) {

    /** How many times a result's cost the baseline's is, on the same data; 1 where the baseline was not measured. */
    public double ratio(CaseResult result) {
        return results.stream()
                .filter(other -> other.name().equals(baseline))
                .filter(other -> other.data().name().equals(result.data().name()))
                .findFirst()
                .map(base -> result.cpuPerMillion() / base.cpuPerMillion())
                .orElse(1.0);
    }

    /** The table, in Markdown. */
    public String table() {
        List<String> lines = new ArrayList<>();
        lines.add("| data | what | records/s | CPU-s per million | cold | × poll + decode |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: |");
        for (CaseResult result : results) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.2f | %.2f | %.1f |",
                    result.data().name(),
                    result.description(),
                    result.recordsPerSecond(),
                    result.cpuPerMillion(),
                    result.coldCpuPerMillion(),
                    ratio(result)));
        }
        return String.join("\n", lines);
    }

    /** Writes everything, each pass too, as JSON. */
    public void write(Path file) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (CaseResult result : results) {
            rows.add(Map.of(
                    "case", result.name(),
                    "data", result.data(),
                    "cpuSecondsPerMillion", result.cpuPerMillion(),
                    "recordsPerSecond", result.recordsPerSecond(),
                    "ratio", ratio(result),
                    "passes", result.passes()));
        }
        Map<String, Object> content = Map.of(
                "measuredAt", measuredAt.toString(),
                "environment", environment,
                "baseline", baseline,
                "results", rows);
        ObjectMapper json = new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            json.writeValue(file.toFile(), content);
        } catch (IOException e) {
            throw new UncheckedIOException("the results cannot be written to " + file, e);
        }
    }
}
