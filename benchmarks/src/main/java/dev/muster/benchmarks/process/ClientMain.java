/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Pass;
import dev.muster.benchmarks.cases.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs one case's passes: the argument is a folder with {@code order.json}, in which {@code report.json} is left. */
final class ClientMain {

    static final String ORDER = "order.json";
    static final String REPORT = "report.json";

    private ClientMain() {}

    /** Ends with an error if a pass fails. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        ObjectMapper json = new ObjectMapper();
        ClientOrder order = json.readValue(folder.resolve(ORDER).toFile(), ClientOrder.class);
        MemoryWatch memory = new MemoryWatch();
        Case measured = Cases.named(order.name());
        List<Pass> passes = new ArrayList<>();
        int wanted = Math.min(order.passes(), measured.mostPasses());
        for (int i = 0; i < wanted; i++) {
            String id = order.passName(i);
            Path state = Files.createDirectory(folder.resolve(id));
            passes.add(measured.run(
                    new Workload(order.bootstrap(), order.loaded(), state, id, order.warmUp(), order.settings())));
        }
        json.writeValue(folder.resolve(REPORT).toFile(), new ClientReport(passes, memory.most()));
    }
}
