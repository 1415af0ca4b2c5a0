/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes Muster's hooks and telemetry into a settings file of Claude Code. */
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        sortOptions = false,
        description = "Make Claude Code tell a collector what it does, in every session from then on.",
        footer = "%nIt touches no other entry, keeps a copy of the file, and --undo takes out what it put in.")
final class ConnectCommand implements Callable<Integer> {

    private static final String CLAUDE_CODE = "claude-code";
    private static final int SHOWN_OF_A_KEY = 6;

    private final ClaudeCodeFiles files;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = CLAUDE_CODE, description = "What to connect.")
    private String client = CLAUDE_CODE;

    @Mixin
    private CollectorOptions collector = new CollectorOptions();

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            defaultValue = Option.NULL_VALUE,
            description = "The settings file (default: settings.json in $CLAUDE_CONFIG_DIR, else in ~/.claude).")
    private Optional<Path> settings = Optional.empty();

    @Option(names = "--project", description = "This folder's sessions only: ./.claude/settings.local.json.")
    private boolean project;

    @Option(names = "--content", description = "Let telemetry carry the prompts and the tools' input, too.")
    private boolean content;

    @Option(names = "--force", description = "Replace telemetry settings that go elsewhere; --undo puts them back.")
    private boolean force;

    @Option(names = "--dry-run", description = "Tell what would change, and change nothing.")
    private boolean dryRun;

    @Option(names = "--undo", description = "Take out what was put in.")
    private boolean undo;

    @Option(names = "--check", description = "Send a test event through the settings as they are, and change nothing.")
    private boolean check;

    ConnectCommand(ClaudeCodeFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!client.equals(CLAUDE_CODE)) {
            throw new CommandFailedException(
                    "'" + client + "' is nothing that can be connected; " + CLAUDE_CODE + " is.");
        }
        if (project && settings.isPresent()) {
            throw new CommandFailedException("--project and --settings name two files; leave one of them out.");
        }
        if (check && (undo || dryRun || force || content)) {
            throw new CommandFailedException("--check only looks; leave the other options out.");
        }
        SettingsFile file = SettingsFile.read(
                settings.orElseGet(() -> project ? ClaudeCodeFiles.projectSettings() : files.userSettings()));
        if (check) {
            return check(file);
        }
        ClaudeCodeConnection.Connected wanted = wanted(file);
        PrintWriter out = spec.commandLine().getOut();
        if (!undo) {
            printLimits(
                    file,
                    collector.collector().resolve(ClaudeCodeSettings.HOOKS).toString());
        }
        printConflicts(file, wanted.conflicts());
        if (wanted.settings().equals(file.settings())) {
            out.println(
                    file.path() + (undo ? " has nothing of Muster's." : " is connected already; nothing was changed."));
            return ExitCode.OK;
        }
        out.println((dryRun ? "Would change " : "Changed ") + file.path() + ":");
        Optional<Path> backup = dryRun ? Optional.empty() : file.write(wanted.settings(), clock.instant());
        difference(file.settings(), wanted.settings(), out);
        backup.ifPresent(copy -> out.println("What was there is kept in " + copy + "."));
        if (!dryRun) {
            sayWhatIsNext(out);
        }
        out.flush();
        return ExitCode.OK;
    }

    private ClaudeCodeConnection.Connected wanted(SettingsFile file) {
        try {
            if (undo) {
                return new ClaudeCodeConnection.Connected(ClaudeCodeConnection.undo(file.settings()), List.of());
            }
            URI to = collector.collector();
            Map<String, String> variables = new LinkedHashMap<>(ClaudeCodeSettings.telemetry(to, collector.key()));
            if (content) {
                variables.putAll(ClaudeCodeSettings.content());
            }
            return ClaudeCodeConnection.connect(
                    file.settings(), ClaudeCodeSettings.hooks(to, collector.key()), variables, force);
        } catch (ClaudeCodeConnection.UnknownShapeException e) {
            throw new CommandFailedException(
                    file.path() + " is no settings file of Claude Code: " + e.getMessage() + ". Nothing was changed.",
                    e);
        }
    }

    private int check(SettingsFile file) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ConnectionCheck connection = new ConnectionCheck(file.settings());
        String hooks = connection
                .hooks()
                .orElseThrow(() -> new CommandFailedException(
                        file.path() + " has no hooks of Muster's; connect it first, without --check."));
        boolean isFine = printLimits(file, hooks) == 0;
        isFine &= told(
                connection.sendHook(),
                "The test event arrived at " + hooks + "; it is in the session " + ConnectionCheck.SESSION + ".");
        Optional<String> telemetry = connection.telemetry();
        if (telemetry.isPresent()) {
            isFine &= told(connection.sendTelemetry(), "Telemetry is taken at " + telemetry.get() + ".");
        } else {
            out.println("Telemetry goes elsewhere or nowhere: tokens and cost are known from transcripts only.");
        }
        out.flush();
        return isFine ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean told(Optional<String> problem, String success) {
        problem.ifPresentOrElse(
                spec.commandLine().getErr()::println,
                () -> spec.commandLine().getOut().println(success));
        return problem.isEmpty();
    }

    /** Says what keeps hooks from running; how many sentences. */
    private int printLimits(SettingsFile file, String hooks) {
        Set<Path> counting = new LinkedHashSet<>(files.settingsThatCount());
        counting.add(file.path());
        List<String> limits = HookLimits.of(counting, ClaudeCodeFiles.managedSettings(), hooks);
        limits.forEach(spec.commandLine().getErr()::println);
        return limits.size();
    }

    private void printConflicts(SettingsFile file, List<String> names) {
        if (!names.isEmpty()) {
            String what = force
                    ? "it is replaced."
                    : "it is left as it is, and only hooks are connected, which know no tokens; --force replaces it.";
            spec.commandLine()
                    .getErr()
                    .println(file.path() + " has telemetry that goes elsewhere (" + String.join(", ", names) + "): "
                            + what);
        }
    }

    private void sayWhatIsNext(PrintWriter out) {
        out.println();
        if (undo) {
            out.println("Restart Claude Code; its sessions tell Muster nothing more.");
            return;
        }
        out.println("Restart Claude Code; its sessions are seen from their next prompt.");
        out.println("Does it arrive: the same command with --check");
        out.println("Past sessions:  ./muster import " + files.transcripts());
        out.println("Undo:           the same command with --undo");
    }

    /** What is there before or after only, never a whole key. */
    private static void difference(ObjectNode before, ObjectNode after, PrintWriter out) {
        for (String part : List.of("hooks", "env")) {
            TreeSet<String> names = new TreeSet<>();
            before.path(part).fieldNames().forEachRemaining(names::add);
            after.path(part).fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode old = before.path(part).path(name);
                JsonNode now = after.path(part).path(name);
                if (!old.equals(now)) {
                    print("-", part, name, old, out);
                    print("+", part, name, now, out);
                }
            }
        }
    }

    private static void print(String sign, String part, String name, JsonNode value, PrintWriter out) {
        String where = "  " + sign + " " + part + "." + name;
        if (part.equals("hooks")) {
            for (JsonNode group : value) {
                for (JsonNode handler : group.path("hooks")) {
                    if (ClaudeCodeConnection.isOurs(handler)) {
                        out.println(where + ": " + handler.path("url").asText("a command, for it takes no HTTP hook"));
                    }
                }
            }
        } else if (!value.isMissingNode() && !name.equals(ClaudeCodeConnection.NOTE)) {
            boolean secret = name.contains("HEADERS") || name.contains("KEY") || name.contains("TOKEN");
            out.println(where + " = " + (secret ? hidden(value.asText()) : value.asText()));
        }
    }

    private static String hidden(String value) {
        int key = value.lastIndexOf(' ') + 1;
        int end = Math.min(value.length(), key + SHOWN_OF_A_KEY);
        return (key > 0 ? value.substring(0, end) : "") + "…";
    }
}
