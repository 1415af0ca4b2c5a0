/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.LiveSender;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.process.ClientOrder;
import dev.muster.benchmarks.process.ClientProcess;
import dev.muster.benchmarks.process.ClientReport;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.LiveReport;
import dev.muster.benchmarks.report.LiveResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Sends events at a live rate, from this process, while a case's process takes them in. A commit then holds few events of
 * each session, which is what a replay hides.
 */
@Command(
        name = "live",
        sortOptions = false,
        description = "Send events at a live rate to the topology and to what it is compared with.",
        footer = "%nWrites NAME.json. The rate reached is a column of the result.")
final class LiveCommand implements Callable<Integer> {

    private static final String COMMIT_INTERVAL = "MUSTER_COMMIT_INTERVAL";

    private record Run(String name, Duration commitInterval) {

        Map<String, String> settings() {
            return commitInterval.isZero() ? Map.of() : Map.of(COMMIT_INTERVAL, commitInterval.toString());
        }
    }

    private static final List<Run> RUNS = List.of(
            new Run("poll-decode", Duration.ZERO),
            new Run("pass-through", Duration.ofMillis(500)),
            new Run("muster", Duration.ofMillis(500)),
            new Run("muster", Duration.ofSeconds(1)),
            new Run("muster", Duration.ofSeconds(2)));

    private final InstantSource clock;

    @Mixin
    private final Output output;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Events a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Sessions at work (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long before it is measured (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long it is measured (default: ${DEFAULT-VALUE}).")
    private int seconds;

    LiveCommand(Path results, InstantSource clock) {
        output = new Output(results);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        long records = (long) rate * ((long) warmUp + seconds);
        if (rate < 1
                || warmUp < 0
                || seconds < 1
                || sessions < 1
                || sessions > records
                || records > Integer.MAX_VALUE) {
            throw output.refusal("--rate, --warm-up, --seconds and --sessions do not go together: " + records
                    + " events of " + sessions + " sessions.");
        }
        Environment environment = output.environment();
        Instant began = clock.instant();
        DataSet data = DataSet.live((int) records, sessions);
        Loaded coming = Loader.rehearse(data, began);
        List<LiveResult> measured = new ArrayList<>();
        for (Run run : RUNS) {
            LiveResult result = measure(run, data, coming);
            output.say(String.format(
                    Locale.ROOT,
                    "%s, %s: %.2f CPU-s per million at %,.0f events/s",
                    run.name,
                    run.commitInterval,
                    result.cpuPerMillion(),
                    result.sentPerSecond()));
            measured.add(result);
        }
        LiveReport report = new LiveReport(began, environment, rate, sessions, measured);
        report.write(output.folder(), output.name());
        output.say("\n" + report.table());
        return ExitCode.OK;
    }

    /** Each on a broker of its own, for the topic must be empty. */
    private LiveResult measure(Run run, DataSet data, Loaded coming) throws IOException {
        Case measured = Cases.named(run.name);
        int from = rate * warmUp;
        Path folder = Output.workFolder();
        ClientReport report;
        double sent;
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            ClientOrder order =
                    new ClientOrder(run.name, broker.bootstrap(), coming, 1, run.name, from, run.settings());
            Path own = Files.createDirectory(folder.resolve(run.name));
            try (ClientProcess client = new ClientProcess(order, own, Optional.empty())) {
                client.awaitStarted();
                sent = LiveSender.send(broker.bootstrap(), data, clock.instant(), rate, from);
                report = client.report();
            }
        }
        Output.delete(folder);
        return new LiveResult(
                run.name,
                measured.description(),
                run.commitInterval,
                sent,
                report.passes().get(0),
                report.memory());
    }
}
