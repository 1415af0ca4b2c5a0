/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Tag("any-java")
class QueriesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void asksASmallFleetEverythingAtRestAndWhileEventsCome(@TempDir Path results) throws Exception {
        int ended = Main.commandLine(Path.of(""), InstantSource.system())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        "queries",
                        "--sessions=20000",
                        "--agents=2000",
                        "--scale=0.01",
                        "--rate=100",
                        "--rest=0",
                        "--seconds=0",
                        "--results=" + results,
                        "--name=small");

        assertThat(err.toString()).isEmpty();
        assertThat(ended).isEqualTo(CommandLine.ExitCode.OK);
        JsonNode report =
                new ObjectMapper().readTree(results.resolve("small.json").toFile());
        JsonNode measured = report.at("/outcome/results");
        assertThat(report.at("/fleet/sessions").intValue()).isEqualTo(200);
        assertThat(report.at("/fleet/agents").intValue()).isEqualTo(20);
        assertThat(measured.at("/sessions").intValue()).isEqualTo(201);
        assertThat(measured.at("/loading/records").longValue())
                .isEqualTo(report.at("/outcome/loaded/records").longValue());
        assertThat(measured.at("/loading/cpuSeconds").doubleValue()).isPositive();
        assertThat(measured.at("/load/records").longValue()).isPositive();
        assertThat(report.at("/outcome/sent/events").longValue())
                .isGreaterThan(measured.at("/load/records").longValue());
        assertThat(measured.at("/interruptions").isInt()).isTrue();
        assertThat(measured.at("/heapEmptyBytes").longValue()).isPositive();
        assertThat(measured.at("/memory/residentBytes").longValue()).isNotNegative();
        assertThat(measured.at("/atRest")).hasSize(64).allSatisfy(QueriesCommandTest::assertAsked);
        assertThat(measured.at("/underLoad")).hasSize(64).allSatisfy(QueriesCommandTest::assertAsked);
        assertThat(rows(measured, "a session")).isEqualTo(1);
        assertThat(rows(measured, "the long session, its traces")).isEqualTo(50);
        assertThat(rows(measured, "sessions by cost, page 4")).isEqualTo(50);
        assertThat(rows(measured, "sessions of a rare model")).isEqualTo(1);
        assertThat(rows(measured, "sessions with an absent text")).isZero();
        assertThat(rows(measured, "idle sessions")).isEqualTo(1);
        assertThat(rows(measured, "agents")).isEqualTo(20);
        assertThat(rows(measured, "a trace by its id")).isEqualTo(1);
        assertThat(rows(measured, "audit log, a rare tool and a text")).isEqualTo(2);
        assertThat(out.toString()).contains("Asked at rest.", "Asked under load.", "| spend | 20 |");
    }

    private static void assertAsked(JsonNode question) {
        // Fewer where all time was over before.
        assertThat(question.at("/times").intValue()).isBetween(1, 5);
        assertThat(question.at("/p50Ms").doubleValue()).isPositive();
        assertThat(question.at("/maxMs").doubleValue())
                .isGreaterThanOrEqualTo(question.at("/p99Ms").doubleValue());
    }

    private static int rows(JsonNode measured, String question) {
        for (JsonNode asked : measured.at("/atRest")) {
            if (asked.at("/name").textValue().equals(question)) {
                return asked.at("/rows").intValue();
            }
        }
        throw new AssertionError("nobody asked for «" + question + "»");
    }
}
