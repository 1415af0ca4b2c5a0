/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.ingest.importing.ImportTotals;
import dev.muster.ingest.importing.TranscriptImport;
import dev.muster.standalone.StandaloneConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends Claude Code's transcripts to a collector. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        sortOptions = false,
        description = "Send past sessions: Claude Code's transcripts, files or folders as ~/.claude/projects.",
        footer = "%nIt sends what is new, and may be stopped and repeated at any time: nothing counts twice.")
final class ImportCommand implements Callable<Integer> {

    private final Map<String, String> environment;
    private final Path defaultData;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Transcripts (*.jsonl), or folders that have some.")
    private List<Path> paths = List.of();

    @Mixin
    private CollectorOptions collector = new CollectorOptions();

    @Option(names = "--watch", description = "Go on with what is written from then on, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--again", description = "Send all, also what was sent before; nothing counts twice.")
    private boolean again;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            defaultValue = Option.NULL_VALUE,
            description = "Where is kept what was sent (default: a file for each collector in the data folder).")
    private Optional<Path> state = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell only what goes wrong.")
    private boolean quiet;

    ImportCommand(Map<String, String> environment, Path defaultData, InstantSource clock) {
        this.environment = environment;
        this.defaultData = defaultData;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI to = collector.collector();
        TranscriptImport.Request request = new TranscriptImport.Request(
                paths, to, collector.key(), state.orElseGet(() -> stateFor(to)), again, watch);
        try (StopSignal stop = StopSignal.onShutdown()) {
            ImportProgress progress = new ImportProgress(
                    spec.commandLine().getOut(), spec.commandLine().getErr(), stop, clock, look());
            try {
                TranscriptImport transcripts = new TranscriptImport(request, clock, progress);
                ImportTotals totals = transcripts.run();
                progress.end(totals);
                if (transcripts.tookNothing()) {
                    progress.say("Nothing was taken: " + why(totals));
                    return ExitCode.SOFTWARE;
                }
            } finally {
                progress.clear();
            }
        }
        return ExitCode.OK;
    }

    private static String why(ImportTotals totals) {
        if (totals.lines() == 0) {
            return "nothing there could be read.";
        }
        if (totals.accepted() > 0) {
            return "all that it tells is older than what is kept.";
        }
        return totals.ignored() == 0 ? "every line was refused." : "no line there tells of an agent's work.";
    }

    private ImportProgress.Look look() {
        if (quiet) {
            return ImportProgress.Look.NONE;
        }
        return Boolean.getBoolean("muster.terminal") ? ImportProgress.Look.BAR : ImportProgress.Look.LINES;
    }

    private Path stateFor(URI to) {
        String named = environment.getOrDefault(StandaloneConfig.DATA_DIR, "");
        Path data = named.isBlank() ? defaultData : Path.of(named);
        return data.resolve("import-state")
                .resolve((to.getScheme() + "-" + to.getRawAuthority()).replaceAll("[^A-Za-z0-9.-]", "-"));
    }
}
