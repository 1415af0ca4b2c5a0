/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.RestoreReport;
import dev.muster.benchmarks.restore.Restart;
import dev.muster.benchmarks.restore.RestoreRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ends an instance of the topology, and takes the time until its sessions answer again. */
@Command(
        name = "restore",
        sortOptions = false,
        description = "End the topology by kill -9 and otherwise, and take the time until its sessions answer again.",
        footer = "%nWrites NAME.json.")
final class RestoreCommand implements Callable<Integer> {

    /** Named as they are asked for. */
    private enum Stores {
        plain,
        transactional
    }

    private static final DataSet DATA = DataSet.named().get(0);

    private final InstantSource clock;

    @Mixin
    private final Output output;

    @Mixin
    private final Scale scale = new Scale();

    @Option(
            names = "--stores",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "transactional",
            description = "Stores to measure on the same data: plain, transactional (default: transactional).")
    private List<Stores> stores = List.of();

    @Option(
            names = "--settled",
            description = "Kill when all sessions' rows are written, half a minute after the last event, not at once.")
    private boolean settled;

    @Option(names = "--only-kill", description = "Measure the start after kill -9, and nothing else.")
    private boolean onlyTheKill;

    RestoreCommand(Path results, InstantSource clock) {
        output = new Output(results);
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = output.environment();
        Instant began = clock.instant();
        Path folder = Output.workFolder();
        RestoreReport report;
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            Loaded loaded = Loader.load(broker.bootstrap(), scale.of(DATA).withAtWork(DATA.active()), began);
            output.say(loaded);
            List<Restart> restarts = new ArrayList<>();
            long stateBytes = 0;
            for (Stores kind : EnumSet.copyOf(stores)) {
                Path own = Files.createDirectory(folder.resolve(kind.name()));
                RestoreRun run = new RestoreRun(
                        new RestoreRun.Way(kind == Stores.transactional, settled, onlyTheKill),
                        clock,
                        broker.bootstrap(),
                        loaded,
                        own,
                        output::say);
                restarts.addAll(run.run());
                stateBytes = Math.max(stateBytes, run.stateBytes());
            }
            report = new RestoreReport(began, environment, loaded, restarts, stateBytes);
        }
        Output.delete(folder);
        report.write(output.folder(), output.name());
        output.say("\n" + report.table() + "\n\n" + report.extrapolated());
        return ExitCode.OK;
    }
}
