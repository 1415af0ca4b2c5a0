/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.process.Memory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveReportTest {

    private static final Memory MEMORY = new Memory(300L << 20, 100L << 20);
    private static final LiveResult BASE =
            new LiveResult("base", "the least", Duration.ZERO, 19_990, new Pass(1_000_000, 50, 4), MEMORY);
    private static final LiveResult OTHER =
            new LiveResult("other", "the rest", Duration.ofSeconds(1), 12_345, new Pass(1_000_000, 80, 26), MEMORY);
    private static final LiveReport REPORT = new LiveReport(
            Instant.parse("2026-11-22T12:00:00Z"), Environment.here(), 20_000, 40_000, List.of(BASE, OTHER));

    @Test
    void saysTheRateThatWasReached() {
        assertThat(REPORT.ratio(OTHER)).isCloseTo(6.5, within(1e-9));
        assertThat(REPORT.table().lines())
                .contains("| the least | – | 19,990 | 20,000 | 4.00 | 1.0 | 300 | 100 |")
                .contains("| the rest | 1000 ms | 12,345 | 12,500 | 26.00 | 6.5 | 300 | 100 |");
    }

    @Test
    void theFileHasWhatWasAskedForAndWhatWasReached(@TempDir Path folder) throws Exception {
        REPORT.write(folder, "live");

        JsonNode read = new ObjectMapper().readTree(folder.resolve("live.json").toFile());
        assertThat(read.at("/rate").intValue()).isEqualTo(20_000);
        assertThat(read.at("/results/1/sentPerSecond").doubleValue()).isEqualTo(12_345);
        assertThat(read.at("/results/1/commitIntervalMillis").longValue()).isEqualTo(1_000);
        assertThat(read.at("/results/1/ratio").doubleValue()).isCloseTo(6.5, within(1e-9));
    }
}
