/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.restore.Restart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreReportTest {

    private static final RestoreReport REPORT = new RestoreReport(
            Instant.parse("2026-11-22T12:00:00Z"),
            Environment.here(),
            new Loaded("mix", 2_000_000, 1_980_000, 20_000, 600_000_000),
            List.of(
                    new Restart("after kill -9", 20, 2, 17, 15, 1_000_000, 500L << 20),
                    new Restart("another stands by", 4, 0, 0, 3, 0, 0)),
            300L << 20);

    @Test
    void secondsAreForAMillionEvents() {
        assertThat(REPORT.table().lines())
                .contains("| after kill -9 | 20.0 | 2.0 | 17.0 | 1.0 | 15.0 | 1,000,000 | 500.0 | 10.00 |")
                .contains("| another stands by | 4.0 | – | – | – | 3.0 | 0 | 0.0 | 2.00 |");
    }

    @Test
    void saysWhatThirtyDaysWouldMean() {
        assertThat(REPORT.extrapolated())
                .isEqualTo("State: 300.0 MiB on disk for 2,000,000 events. At this speed 30 days at 1,000 events/s"
                        + " (2,592 million) would take 7.2 hours to restore, or 6.1 of reading changelogs alone.");
    }

    @Test
    void theFileHasEveryRestart(@TempDir Path folder) throws Exception {
        REPORT.write(folder, "restore");

        JsonNode read =
                new ObjectMapper().readTree(folder.resolve("restore.json").toFile());
        assertThat(read.at("/restarts/0/records").longValue()).isEqualTo(1_000_000);
        assertThat(read.at("/stateBytes").longValue()).isEqualTo(300L << 20);
    }
}
