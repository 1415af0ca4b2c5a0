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
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.Memory;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportTest {

    private static final Loaded MIX = new Loaded("mix", 500_000, 495_000, 5_000, 150_000_000);
    private static final Loaded LONG = new Loaded("one-session", 200_000, 198_000, 1, 60_000_000);

    private static final Memory MEMORY = new Memory(900L << 20, 400L << 20);

    private static final CaseResult BASE =
            new CaseResult("base", "the least", MIX, List.of(mix(9, 9), mix(1, 1.2), mix(2, 0.8), mix(3, 1.0)), MEMORY);
    private static final CaseResult OTHER =
            new CaseResult("other", "the rest", MIX, List.of(mix(9, 20), mix(5, 4), mix(5, 6)), MEMORY);
    private static final CaseResult LONELY = new CaseResult(
            "other", "the rest", LONG, List.of(new Pass(200_000, 9, 9), new Pass(200_000, 2, 1)), MEMORY);
    private static final Report REPORT = new Report(
            Instant.parse("2026-11-22T12:00:00Z"), Environment.here(), "base", "mix", List.of(BASE, OTHER, LONELY));

    @Test
    void costIsTheMedianOfTheWarmPassesForAMillionRecords() {
        assertThat(BASE.cpuPerMillion()).isCloseTo(2.0, within(1e-9));
        assertThat(OTHER.cpuPerMillion()).isCloseTo(10.0, within(1e-9));
        assertThat(BASE.recordsPerSecond()).isCloseTo(250_000, within(1e-6));
        assertThat(BASE.coldCpuPerMillion()).isCloseTo(18.0, within(1e-9));
    }

    @Test
    void costOfAPrefixIsDividedByWhatWasRead() {
        CaseResult prefix = new CaseResult(
                "slow", "a part", MIX, List.of(new Pass(100_000, 9, 9), new Pass(100_000, 4, 5)), MEMORY);

        assertThat(prefix.cpuPerMillion()).isCloseTo(50, within(1e-9));
        assertThat(prefix.coldCpuPerMillion()).isCloseTo(90, within(1e-9));
        assertThat(prefix.recordsPerSecond()).isCloseTo(25_000, within(1e-6));
    }

    @Test
    void ratiosAreWithinADataSet() {
        assertThat(REPORT.ratio(OTHER)).hasValueCloseTo(5.0, within(1e-9));
        assertThat(REPORT.ratio(LONELY)).isEmpty();
    }

    @Test
    void growthIsOfOneCaseFromTheMixToOtherData() {
        assertThat(REPORT.growth(LONELY)).hasValueCloseTo(0.5, within(1e-9));
        assertThat(REPORT.growth(OTHER)).hasValueCloseTo(1.0, within(1e-9));
    }

    @Test
    void theTableHasALineForEachResult() {
        assertThat(REPORT.table().lines())
                .contains("| mix | the rest | 500,000 | 100,000 | 10.00 | 40.00 | 5.0 | 1.00 | 900 | 400 |")
                .contains("| one-session | the rest | 200,000 | 100,000 | 5.00 | 45.00 | – | 0.50 | 900 | 400 |")
                .hasSize(5);
    }

    @Test
    void theFileHasEveryPass(@TempDir Path folder) throws Exception {
        Path deep = folder.resolve("deep");
        REPORT.write(deep, "results");

        JsonNode read = new ObjectMapper().readTree(deep.resolve("results.json").toFile());
        assertThat(read.at("/results/1/passes/2/cpuSeconds").doubleValue()).isEqualTo(6);
        assertThat(read.at("/results/1/ratio").doubleValue()).isCloseTo(5.0, within(1e-9));
        assertThat(read.at("/results/1/memory/residentBytes").longValue()).isEqualTo(900L << 20);
        assertThat(read.at("/results/2/ratio").isNull()).isTrue();
        assertThat(read.at("/measuredAt").textValue()).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(read.at("/environment/cores").intValue()).isPositive();
    }

    @Test
    void thePictureHasABarForEachRatio(@TempDir Path folder) throws Exception {
        REPORT.write(folder, "results");

        Element svg = parsed(Files.readString(folder.resolve("results.svg")));
        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getTextContent())
                .contains("mix, base", "1.0", "mix, other", "5.0")
                .doesNotContain("one-session");
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static Pass mix(double wallSeconds, double cpuSeconds) {
        return new Pass(MIX.records(), wallSeconds, cpuSeconds);
    }
}
