/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.cases.FirstPages;
import dev.muster.benchmarks.cases.Workload;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.LargeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** Takes in a session of a million events and one of 20,000 traces, in this process, and opens their first pages. */
@Command(
        name = "large",
        sortOptions = false,
        description = "Take in a session of 1,000,000 events and one of 20,000 traces, and open their first pages.",
        footer = "%nWrites NAME.json.")
final class LargeCommand implements Callable<Integer> {

    private static final DataSet WARM_UP = DataSet.mix(400_000, 4_000);
    private static final DataSet MIX = DataSet.mix(1_000_000, 10_000);
    private static final List<DataSet> LARGE = List.of(DataSet.oneSession(1_000_000), DataSet.manyTraces(20_000));

    private final InstantSource clock;

    @Mixin
    private final Output output;

    @Mixin
    private final Scale scale = new Scale();

    LargeCommand(Path results, InstantSource clock) {
        output = new Output(results);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = output.environment();
        Instant began = clock.instant();
        run(WARM_UP);
        List<LargeReport.Run> runs = new ArrayList<>();
        runs.add(run(MIX));
        for (DataSet large : LARGE) {
            runs.add(run(large));
        }
        LargeReport report = new LargeReport(began, environment, runs);
        report.write(output.folder(), output.name());
        output.say("\n" + report.costs() + "\n\n" + report.pages());
        return ExitCode.OK;
    }

    private LargeReport.Run run(DataSet data) throws IOException {
        Path folder = Output.workFolder();
        LargeReport.Run run;
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            Loaded loaded = Loader.load(broker.bootstrap(), scale.of(data), clock.instant());
            output.say(loaded);
            Path state = Files.createDirectory(folder.resolve("state"));
            run = new LargeReport.Run(
                    loaded, FirstPages.run(new Workload(broker.bootstrap(), loaded, state, "bench-large")));
        }
        Output.delete(folder);
        return run;
    }
}
