/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Pass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a case in a process of its own, so that one case's compiled code and garbage are not another's. */
public final class ClientProcess {

    private static final Duration WITHIN = Duration.ofMinutes(20);

    private ClientProcess() {}

    /**
     * Runs a case's passes.
     *
     * @param folder an empty folder for its state and its output
     * @param recording where a flight recording of it goes, if one is wanted
     * @throws IllegalStateException if it fails, its output then is in the folder; or if its jars are not built
     */
    public static List<Pass> run(ClientOrder order, Path folder, Optional<Path> recording) {
        ObjectMapper json = new ObjectMapper();
        Path log = folder.resolve("client.log");
        Case measured = Cases.named(order.name());
        List<String> options = new ArrayList<>();
        recording.ifPresent(
                file -> options.add("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file));
        List<String> arguments = List.of(folder.toString());
        try {
            json.writeValue(folder.resolve(ClientMain.ORDER).toFile(), order);
            try (JavaProcess client =
                    JavaProcess.start(ClientMain.class, classPath(measured), options, arguments, log)) {
                if (!client.endsWellWithin(WITHIN)) {
                    throw new IllegalStateException("The case " + order.name() + " failed, or took longer than "
                            + WITHIN + ": see " + log + ".");
                }
            }
            return List.of(json.readValue(folder.resolve(ClientMain.PASSES).toFile(), Pass[].class));
        } catch (IOException e) {
            throw new UncheckedIOException("the case " + order.name() + " could not be exchanged through files", e);
        }
    }

    private static String classPath(Case measured) {
        Optional<Path> libraries = measured.libraries();
        libraries.filter(folder -> !Files.isDirectory(folder)).ifPresent(missing -> {
            throw new IllegalStateException("The case " + measured.name() + " has its jars in " + missing
                    + ", and that folder is not there: build the whole project, or leave the case out.");
        });
        return libraries
                .map(folder -> folder.resolve("*").toString())
                .orElseGet(() -> System.getProperty("java.class.path"));
    }
}
