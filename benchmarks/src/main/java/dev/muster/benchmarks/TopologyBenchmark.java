/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.process.ClientOrder;
import dev.muster.benchmarks.process.ClientProcess;
import dev.muster.benchmarks.report.CaseResult;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.HotSpots;
import dev.muster.benchmarks.report.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures the topology beside the least that reading its topic costs. For each data set a broker process is started and
 * filled, and each case reads it in a process of its own: one cold pass, then warm ones.
 */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures the topology beside the least that reading its topic costs.")
public final class TopologyBenchmark implements Callable<Integer> {

    @Option(
            names = "--events",
            defaultValue = "500000",
            description = "records of the interleaved sessions (default: ${DEFAULT-VALUE})")
    private int events;

    @Option(names = "--sessions", defaultValue = "5000", description = "how many sessions (default: ${DEFAULT-VALUE})")
    private int sessions;

    @Option(
            names = "--long-session",
            defaultValue = "200000",
            description = "records of the one long session (default: ${DEFAULT-VALUE})")
    private int longSession;

    @Option(names = "--warm", defaultValue = "5", description = "warm passes (default: ${DEFAULT-VALUE})")
    private int warm;

    @Option(names = "--case", description = "only these cases; without any, all")
    private List<String> only = List.of();

    @Option(
            names = "--results",
            defaultValue = "benchmarks/target/results",
            description = "where results and profiles go (default: ${DEFAULT-VALUE})")
    private Path results = Path.of("");

    @Option(names = "--profile", description = "also record where the time goes; costs a few percent")
    private boolean profile;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final InstantSource clock;

    TopologyBenchmark(InstantSource clock) {
        this.clock = clock;
    }

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TopologyBenchmark(InstantSource.system())).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Case> cases =
                only.isEmpty() ? Cases.all() : only.stream().map(Cases::named).toList();
        Environment environment = Environment.here();
        out.println(environment);
        Files.createDirectories(results);
        List<CaseResult> measured = new ArrayList<>();
        Instant began = clock.instant();
        for (DataSet data : List.of(DataSet.mix(events, sessions), DataSet.oneSession(longSession))) {
            measured.addAll(measure(data, cases, out));
        }
        Report report = new Report(began, environment, Cases.baseline().name(), measured);
        report.write(results.resolve("topology.json"));
        out.println();
        out.println(report.table());
        out.flush();
        return 0;
    }

    private List<CaseResult> measure(DataSet data, List<Case> cases, PrintWriter out) throws IOException {
        List<CaseResult> measured = new ArrayList<>();
        Path folder = Files.createTempDirectory("muster-bench-");
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            Loaded loaded = Loader.load(broker.bootstrap(), data, clock.instant());
            out.println(loaded);
            for (Case next : cases) {
                Path own = Files.createDirectory(folder.resolve(next.name()));
                Optional<Path> recording = profile
                        ? Optional.of(
                                results.resolve(next.name() + "-" + data.name().replace(' ', '-') + ".jfr"))
                        : Optional.empty();
                ClientOrder order = new ClientOrder(next.name(), broker.bootstrap(), loaded, 1 + warm);
                List<Pass> passes = ClientProcess.run(order, own, recording);
                CaseResult result = new CaseResult(next.name(), next.description(), loaded, passes);
                measured.add(result);
                out.printf(Locale.ROOT, "%s: %.2f CPU-s per million%n", next.name(), result.cpuPerMillion());
                recording.map(HotSpots::of).ifPresent(out::println);
                out.flush();
            }
        }
        delete(folder);
        return measured;
    }

    /** Deletes what a run that went well leaves behind; one that failed leaves its logs. */
    private static void delete(Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.delete(path);
        }
    }
}
