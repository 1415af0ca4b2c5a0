/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks;

import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.data.DataSet;
import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.data.Loader;
import dev.muster.benchmarks.process.BrokerProcess;
import dev.muster.benchmarks.process.ClientOrder;
import dev.muster.benchmarks.process.ClientProcess;
import dev.muster.benchmarks.process.ClientReport;
import dev.muster.benchmarks.process.Memory;
import dev.muster.benchmarks.report.CaseResult;
import dev.muster.benchmarks.report.HotSpots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures cases over a topic that is full: a broker process is started and filled, and each case reads it in a process of
 * its own, one cold pass, then warm ones.
 *
 * @param warm how many warm passes each process makes
 * @param rounds how many processes each case has, in turns with the other cases': what disturbs then disturbs all
 * @param warmUp how many records of each pass are read before its time begins; with none, it ends when all that was put off is
 *     done
 * @param recordings where flight recordings go, if they are wanted
 */
record Replay(int warm, int rounds, long warmUp, Optional<Path> recordings, InstantSource clock, Output output) {

    List<CaseResult> measure(DataSet data, List<Case> cases) throws IOException {
        Path folder = Output.workFolder();
        Map<String, List<ClientReport>> reports = new HashMap<>();
        Loaded loaded;
        try (BrokerProcess broker = BrokerProcess.start(folder)) {
            loaded = Loader.load(broker.bootstrap(), data, clock.instant());
            output.say(loaded);
            for (int round = 0; round < rounds; round++) {
                for (Case next : cases) {
                    String run = next.name() + "-" + round;
                    ClientOrder order =
                            new ClientOrder(next.name(), broker.bootstrap(), loaded, 1 + warm, run, warmUp, Map.of());
                    reports.computeIfAbsent(next.name(), name -> new ArrayList<>())
                            .add(run(order, Files.createDirectory(folder.resolve(run))));
                }
            }
        }
        Output.delete(folder);
        List<CaseResult> results = new ArrayList<>();
        for (Case next : cases) {
            CaseResult result = result(next, loaded, reports.getOrDefault(next.name(), List.of()));
            output.say(String.format(
                    Locale.ROOT, "%s, %s: %.2f CPU-s per million", data.name(), next.name(), result.cpuPerMillion()));
            results.add(result);
        }
        return results;
    }

    private ClientReport run(ClientOrder order, Path own) {
        Optional<Path> recording =
                recordings.map(folder -> folder.resolve(order.loaded().name() + "-" + order.run() + ".jfr"));
        try (ClientProcess client = new ClientProcess(order, own, recording)) {
            ClientReport report = client.report();
            recording.map(HotSpots::of).ifPresent(output::say);
            return report;
        }
    }

    /** One cold pass, and the warm ones of all rounds. */
    private static CaseResult result(Case measured, Loaded loaded, List<ClientReport> reports) {
        List<Pass> passes = new ArrayList<>();
        Memory memory = new Memory(0, 0);
        for (ClientReport report : reports) {
            List<Pass> taken = report.passes();
            passes.addAll(passes.isEmpty() ? taken : taken.subList(1, taken.size()));
            memory = memory.max(report.memory());
        }
        return new CaseResult(measured.name(), measured.description(), loaded, passes, memory);
    }
}
