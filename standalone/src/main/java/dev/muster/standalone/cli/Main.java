/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.ingest.importing.ImportRefusedException;
import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.standalone.host.StartRefusedException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Where the process begins. */
public final class Main {

    private Main() {}

    /** Runs the verb that the arguments name, and ends with its exit code. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getProperty("muster.home", ""));
        System.exit(commandLine(System.getenv(), home).execute(arguments));
    }

    /**
     * The command with its verbs.
     *
     * @param environment where settings are read
     * @param home the folder of the checkout, which data is kept in by default
     */
    static CommandLine commandLine(Map<String, String> environment, Path home) {
        return new CommandLine(new MusterCommand())
                .addSubcommand(new UpCommand(environment, home.resolve("data"), InstantSource.system()))
                .addSubcommand(new ImportCommand(environment, home.resolve("data"), InstantSource.system()))
                .addSubcommand(new ConnectCommand(new ClaudeCodeFiles(environment), InstantSource.system()))
                .addSubcommand(new KeysCommand(environment))
                .addSubcommand(new TopicsCommand(environment))
                .setParameterExceptionHandler((failure, arguments) -> {
                    CommandLine command = failure.getCommandLine();
                    command.getErr()
                            .println(failure.getMessage() + " (see '"
                                    + command.getCommandSpec().qualifiedName() + " --help')");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(sentenceOf(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static String sentenceOf(Exception failure) {
        if (failure instanceof InvalidSettingException
                || failure instanceof StartRefusedException
                || failure instanceof ImportRefusedException
                || failure instanceof CommandFailedException) {
            return String.valueOf(failure.getMessage());
        }
        LoggerFactory.getLogger(Main.class).error("Unexpected failure", failure);
        return "Muster failed unexpectedly: " + failure + ".";
    }
}
