/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.data.Fleet;
import dev.muster.benchmarks.queries.QueryBench;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.QueriesReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks an instance with a fleet's sessions all kinds of questions, at rest and while events come. */
@Command(
        name = "queries",
        sortOptions = false,
        description = "Load a fleet's sessions and ask all kinds of questions, at rest and while events come.",
        footer = "%nWrites NAME.json. A wrong answer ends the run with an error.")
final class QueriesCommand implements Callable<Integer> {

    private static final int TRACES = 20_000;

    private final InstantSource clock;

    @Mixin
    private final Output output;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Sessions, of five events each (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--agents",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Agents that they are of (default: ${DEFAULT-VALUE}).")
    private int agents;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days that they are spread over, 30 at most (default: ${DEFAULT-VALUE}).")
    private int days;

    @Mixin
    private final Scale scale = new Scale();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Events a second that come while it is asked the second time; 0 for at rest only"
                    + " (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--rest",
            paramLabel = "SECONDS",
            defaultValue = "135",
            description = "How long the fleet rests before it is asked; after two minutes its sessions have left"
                    + " memory (default: ${DEFAULT-VALUE}).")
    private int rest;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long each question is asked: 5 to 200 times (default: ${DEFAULT-VALUE}).")
    private int seconds;

    QueriesCommand(Path results, InstantSource clock) {
        output = new Output(results);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        if (rate < 0 || rest < 0 || seconds < 0) {
            throw output.refusal("--rate, --rest and --seconds must not be below 0.");
        }
        Fleet fleet = fleet();
        Environment environment = output.environment();
        Instant began = clock.instant();
        output.say(fleet);
        Path folder = Output.workFolder();
        ProgressLine progress = ProgressLine.of(output.out());
        QueriesReport report;
        try {
            report = new QueriesReport(
                    began,
                    environment,
                    fleet,
                    rate,
                    new QueryBench(fleet, rate, rest, seconds, clock, progress).run(folder));
        } finally {
            progress.clear();
        }
        Output.delete(folder);
        report.write(output.folder(), output.name());
        output.say("\n" + report.times() + "\n\n" + report.costs());
        return ExitCode.OK;
    }

    private Fleet fleet() {
        try {
            return new Fleet(scale.of(sessions), scale.of(agents), days, scale.of(TRACES));
        } catch (IllegalArgumentException e) {
            throw output.refusal(String.valueOf(e.getMessage()));
        }
    }
}
