/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /** Runs the measurement that the arguments name, and ends with its exit code. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("muster.home", ""));
        System.exit(commandLine(home, InstantSource.system()).execute(arguments));
    }

    /**
     * The command with its measurements.
     *
     * @param home the folder of the checkout, in which results are kept
     */
    static CommandLine commandLine(Path home, InstantSource clock) {
        Path benchmarks = home.resolve("benchmarks");
        Path results = benchmarks.resolve("target").resolve("results");
        Path recorded = benchmarks.resolve("results").resolve("short.json");
        CommandLine bench = new CommandLine(new BenchCommand())
                .addSubcommand(new TopologyCommand(results, recorded, clock))
                .addSubcommand(new LiveCommand(results, clock))
                .addSubcommand(new RestoreCommand(results, clock))
                .addSubcommand(new LargeCommand(results, clock))
                .addSubcommand(new QueriesCommand(results, clock))
                .setParameterExceptionHandler((failure, given) -> {
                    CommandLine command = failure.getCommandLine();
                    command.getErr()
                            .println(failure.getMessage() + " (see '"
                                    + command.getCommandSpec().qualifiedName() + " --help')");
                    return CommandLine.ExitCode.USAGE;
                });
        addHelp(bench);
        bench.getSubcommands().values().forEach(Main::addHelp);
        return bench;
    }

    private static void addHelp(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help and end.")
                        .build());
    }
}
