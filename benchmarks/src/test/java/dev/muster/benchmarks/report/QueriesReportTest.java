/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.Fleet;
import dev.muster.benchmarks.data.LiveFleet.Sent;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.Memory;
import dev.muster.benchmarks.queries.QueryBench.Outcome;
import dev.muster.benchmarks.queries.QueryResults;
import dev.muster.benchmarks.queries.QuestionTimes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriesReportTest {

    private static final Fleet FLEET = new Fleet(999, 100, 30, 200);
    private static final QuestionTimes AT_REST = new QuestionTimes("spend", 1_234, 200, 1.234, 2, 3, 4.5, 1.1);
    private static final QuestionTimes UNDER_LOAD = new QuestionTimes("spend", 1_234, 7, 10, 20, 30, 1_040.5, 9);

    private static QueriesReport report(int rate, List<QuestionTimes> underLoad, Pass load, Sent sent) {
        QueryResults results = new QueryResults(
                1_000,
                new Pass(500_000, 40.4, 12),
                30 << 20,
                (30 << 20) + 512_000,
                new Memory(900L << 20, 700L << 20),
                List.of(AT_REST),
                underLoad,
                load,
                3);
        Loaded loaded = new Loaded("fleet", 500_000, 500_000, 1_000, 150_000_000);
        return new QueriesReport(
                Instant.parse("2026-11-30T12:00:00Z"),
                Environment.here(),
                FLEET,
                rate,
                new Outcome(loaded, results, sent));
    }

    private static final QueriesReport REPORT =
            report(5_000, List.of(UNDER_LOAD), new Pass(100_000, 20, 30), new Sent(110_000, 4_990));

    private static final QueriesReport AT_REST_ONLY = report(0, List.of(), Pass.NOTHING, new Sent(0, 0));

    @Test
    void timesAreThoseAtRestAndThoseUnderLoad() {
        assertThat(REPORT.times().lines())
                .contains(
                        "| spend | 1,234 | 1.23 | 2.00 | 3.00 | 4.50 | 1.10 | 200 | 10.00 | 20.00 | 30.00 | 1,040.50 | 9.00 | 7 |");
    }

    @Test
    void costsAreForASessionAndForAMillionEvents() {
        assertThat(REPORT.costs().lines())
                .contains("| 1,000 | 500,000 | 40 | 24.00 | 30.0 | 30.5 | 512 | 900 | 4,990 | 5,000 | 300.00 | 3 |");
    }

    @Test
    void withoutARateThereIsNothingUnderLoad() {
        assertThat(AT_REST_ONLY.times().lines())
                .contains("| question | rows | p50 ms | p95 ms | p99 ms | max ms | CPU ms | times |")
                .contains("| spend | 1,234 | 1.23 | 2.00 | 3.00 | 4.50 | 1.10 | 200 |");
        assertThat(AT_REST_ONLY.costs().lines())
                .contains("| 1,000 | 500,000 | 40 | 24.00 | 30.0 | 30.5 | 512 | 900 | – | – | – | 3 |");
    }

    @Test
    void theFileHasEverything(@TempDir Path folder) throws Exception {
        REPORT.write(folder, "queries");

        JsonNode read =
                new ObjectMapper().readTree(folder.resolve("queries.json").toFile());
        assertThat(read.at("/fleet/sessions").intValue()).isEqualTo(999);
        assertThat(read.at("/heapBytesPerSession").doubleValue()).isEqualTo(512);
        assertThat(read.at("/loadingCpuSecondsPerMillion").doubleValue()).isEqualTo(24);
        assertThat(read.at("/outcome/sent/perSecond").doubleValue()).isEqualTo(4_990);
        assertThat(read.at("/outcome/results/atRest/0/name").textValue()).isEqualTo("spend");
        assertThat(read.at("/outcome/results/underLoad/0/p99Ms").doubleValue()).isEqualTo(30);
    }
}
