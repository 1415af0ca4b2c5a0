/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.report.Environment;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a measurement's results go: options and means that all have. */
final class Output {

    private final Path defaultFolder;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--results",
            paramLabel = "DIR",
            defaultValue = Option.NULL_VALUE,
            description = "The folder that results go to (default: benchmarks/target/results).")
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = Option.NULL_VALUE,
            description = "What the files there are called (default: the measurement).")
    private Optional<String> name = Optional.empty();

    Output(Path defaultFolder) {
        this.defaultFolder = defaultFolder;
    }

    Path folder() throws IOException {
        return Files.createDirectories(folder.orElse(defaultFolder));
    }

    String name() {
        return name.orElse(spec.name());
    }

    /** Where the user reads. */
    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    void say(Object line) {
        PrintWriter out = out();
        out.println(line);
        out.flush();
    }

    /** Where it is measured, which is also said. */
    Environment environment() {
        Environment here = Environment.here();
        say(here);
        return here;
    }

    /** Refuses an option's value. */
    CommandLine.ParameterException refusal(String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }

    /** A folder for what processes need while they run. */
    static Path workFolder() throws IOException {
        return Files.createTempDirectory("muster-bench-");
    }

    /** Deletes what a run that went well leaves behind; one that failed leaves its logs. */
    static void delete(Path workFolder) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(workFolder)) {
            found = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : found) {
            Files.delete(path);
        }
    }
}
