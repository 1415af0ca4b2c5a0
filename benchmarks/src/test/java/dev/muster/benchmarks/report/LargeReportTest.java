/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.FirstPages;
import dev.muster.benchmarks.cases.Opening;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Loaded;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeReportTest {

    private static final LargeReport REPORT = new LargeReport(
            Instant.parse("2026-11-22T12:00:00Z"),
            Environment.here(),
            List.of(run("mix", 10_000, 20, 0.5), run("one-session", 1, 15, 4.125)));

    private static LargeReport.Run run(String name, int sessions, double cpuSeconds, double medianMs) {
        return new LargeReport.Run(
                new Loaded(name, 2_000_000, 1_980_000, sessions, 600_000_000),
                new FirstPages.Result(
                        new Pass(2_000_000, 12, cpuSeconds), List.of(new Opening("its events", medianMs, 31.5))));
    }

    @Test
    void costsAreForAMillionEventsAndBesideTheMix() {
        assertThat(REPORT.costs().lines())
                .contains("| mix | 2,000,000 | 10,000 | 10.00 | 1.00 |")
                .contains("| one-session | 2,000,000 | 1 | 7.50 | 0.75 |");
    }

    @Test
    void pagesHaveTheirMedianAndTheirLongest() {
        assertThat(REPORT.pages().lines()).contains("| one-session | its events | 4.13 | 31.50 |");
    }

    @Test
    void theFileHasEveryRun(@TempDir Path folder) throws Exception {
        REPORT.write(folder, "large");

        JsonNode read = new ObjectMapper().readTree(folder.resolve("large.json").toFile());
        assertThat(read.at("/runs/1/result/pass/cpuSeconds").doubleValue()).isEqualTo(15);
        assertThat(read.at("/runs/1/result/openings/0/page").textValue()).isEqualTo("its events");
    }
}
