/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.report.CaseResult;
import dev.muster.benchmarks.report.Environment;
import dev.muster.benchmarks.report.Report;
import dev.muster.benchmarks.report.ShortForm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays data sets to Muster's topology and to what it is compared with. */
@Command(
        name = "topology",
        sortOptions = false,
        description = "Replay a full topic to the topology and to what it is compared with.",
        footer = "%nWrites NAME.json, with every pass, and NAME.svg.")
final class TopologyCommand implements Callable<Integer> {

    private static final String MUSTER = "muster";
    private static final String PLAIN = "muster-plain";
    private static final DataSet SHORT = DataSet.mix(200_000, 2_000);
    private static final int SHORT_WARM = 3;
    private static final long SHORT_WARM_UP = 50_000;
    private static final int SHORT_ROUNDS = 2;

    private final Path recorded;
    private final InstantSource clock;

    @Mixin
    private final Output output;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "A data set, can be repeated: mix (default), sessions-10x, sessions-100x, one-session, one-trace.")
    private List<String> data = List.of();

    @Option(names = "--case", paramLabel = "CASE", description = "A case, can be repeated (default: all).")
    private List<String> only = List.of();

    @Mixin
    private final Scale scale = new Scale();

    @Option(
            names = "--warm",
            paramLabel = "N",
            defaultValue = "5",
            description = "Warm passes, after a cold one (default: ${DEFAULT-VALUE}).")
    private int warm;

    @Option(names = "--profile", description = "Also record where the time goes; costs a few percent.")
    private boolean profile;

    @Option(
            names = "--short",
            description = "Only a small mix, and an error if Muster costs twice what is recorded for it.")
    private boolean shortForm;

    @Option(names = "--record", description = "With --short: record what Muster costs now.")
    private boolean record;

    @Option(
            names = "--plain-stores",
            description = "With --short: also Muster with plain stores, which a crash loses, in turns with the others.")
    private boolean plainStores;

    TopologyCommand(Path results, Path recorded, InstantSource clock) {
        output = new Output(results);
        this.recorded = recorded;
        this.clock = clock;
    }

    @Override
    public Integer call() throws IOException {
        check();
        return shortForm ? callShort() : callLong();
    }

    private void check() {
        if (warm < 1) {
            throw output.refusal("--warm is " + warm + ", and must be at least 1.");
        }
        if (record && !shortForm) {
            throw output.refusal("--record goes with --short only.");
        }
        if (plainStores && !shortForm) {
            throw output.refusal("--plain-stores goes with --short only; otherwise it is the case " + PLAIN + ".");
        }
    }

    private int callLong() throws IOException {
        List<DataSet> sets = data.isEmpty()
                ? List.of(DataSet.named().get(0))
                : data.stream().map(named(DataSet::named)).toList();
        List<Case> cases = only.isEmpty()
                ? Cases.all()
                : only.stream().map(named(Cases::named)).toList();
        Environment environment = output.environment();
        Instant began = clock.instant();
        Optional<Path> recordings = profile ? Optional.of(output.folder()) : Optional.empty();
        Replay replay = new Replay(warm, 1, 0, recordings, clock, output);
        List<CaseResult> measured = new ArrayList<>();
        for (DataSet set : sets) {
            measured.addAll(replay.measure(scale.of(set), cases));
        }
        String reference = DataSet.named().get(0).name();
        Report report = new Report(began, environment, Cases.baseline().name(), reference, measured);
        report.write(output.folder(), output.name());
        output.say("\n" + report.table());
        return ExitCode.OK;
    }

    private int callShort() throws IOException {
        Environment environment = output.environment();
        Instant began = clock.instant();
        List<Case> cases = new ArrayList<>(List.of(Cases.baseline(), Cases.named(MUSTER)));
        if (plainStores) {
            cases.add(Cases.named(PLAIN));
        }
        List<CaseResult> measured = new Replay(SHORT_WARM, SHORT_ROUNDS, SHORT_WARM_UP, Optional.empty(), clock, output)
                .measure(SHORT, cases);
        double ratio = measured.get(1).cpuPerMillion() / measured.get(0).cpuPerMillion();
        ShortForm now = new ShortForm(began.toString(), environment, SHORT.records(), ratio);
        if (record) {
            now.record(recorded);
            output.say(String.format(Locale.ROOT, "Recorded: %.1f times poll + decode.", ratio));
            return ExitCode.OK;
        }
        ShortForm before = ShortForm.recorded(recorded);
        Optional<String> complaint = now.complaint(before);
        output.say(complaint.orElse(String.format(
                Locale.ROOT, "Muster costs %.1f times poll + decode; %.1f is recorded.", ratio, before.ratio())));
        return complaint.isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    /** A look-up by a name that the user gave, whose refusal is the user's to read. */
    private <T> Function<String, T> named(Function<String, T> find) {
        return name -> {
            try {
                return find.apply(name);
            } catch (IllegalArgumentException e) {
                throw output.refusal(String.valueOf(e.getMessage()));
            }
        };
    }
}
