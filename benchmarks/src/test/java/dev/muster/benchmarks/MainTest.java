/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void explainsEachMeasurement() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: muster bench", "topology", "live", "restore", "large", "queries");
        assertThat(run("topology", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: muster bench topology", "--data=DATA", "--short", "--results=DIR");
        assertThat(run("live", "--help")).isZero();
        assertThat(out.toString()).contains("--rate=N", "--warm-up=SECONDS");
        assertThat(run("large", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: muster bench large");
        assertThat(run("restore", "--help")).isZero();
        assertThat(out.toString()).contains("--scale=FACTOR", "--stores=KIND", "--settled", "--only-kill");
        assertThat(run("queries", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: muster bench queries", "--sessions=N", "--rest=SECONDS");
    }

    @Test
    void refusesInASentenceWhatItCannotMeasure() {
        assertRefused("There is no data set «mixed»; there are", "topology", "--data=mixed");
        assertRefused("There is no case «faster»; there are", "topology", "--case=faster");
        assertRefused("--scale is 0.0, and must be above 0.", "topology", "--scale=0");
        assertRefused("--scale is -1.0, and must be above 0.", "restore", "--scale=-1");
        assertRefused("--scale is 0.0, and must be above 0.", "large", "--scale=0");
        assertRefused("--warm is 0, and must be at least 1.", "topology", "--warm=0");
        assertRefused("--record goes with --short only.", "topology", "--record");
        assertRefused("--rate, --rest and --seconds must not be below 0.", "queries", "--rate=-1");
        assertRefused("A fleet has at least 200 sessions, an agent", "queries", "--scale=0.001");
        assertRefused("A fleet has at least 200 sessions, an agent", "queries", "--days=31");
        assertRefused(
                "--plain-stores goes with --short only; otherwise it is the case muster-plain.",
                "topology",
                "--plain-stores");
        assertRefused(
                "--rate, --warm-up, --seconds and --sessions do not go together: 200 events of 40000 sessions.",
                "live",
                "--rate=10",
                "--warm-up=10",
                "--seconds=10");
    }

    private void assertRefused(String sentence, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(1).first().asString().startsWith(sentence);
    }

    private int run(String... arguments) {
        return Main.commandLine(Path.of(""), InstantSource.system())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
