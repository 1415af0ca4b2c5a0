/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.cases.Case;
import dev.muster.benchmarks.cases.Cases;
import dev.muster.benchmarks.cases.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Runs a case in a process of its own, so that one case's compiled code and garbage are not another's. */
public final class ClientProcess implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final Duration WITHIN = Duration.ofMinutes(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final ObjectMapper json = new ObjectMapper();
    private final ClientOrder order;
    private final Path folder;
    private final Path log;
    private final JavaProcess process;

    /**
     * Starts a case's passes.
     *
     * @param folder an empty folder for its state and its output
     * @param recording where a flight recording of it goes, if one is wanted
     * @throws IllegalStateException if its jars are not built
     */
    public ClientProcess(ClientOrder order, Path folder, Optional<Path> recording) {
        this.order = order;
        this.folder = folder;
        log = folder.resolve("client.log");
        Case measured = Cases.named(order.name());
        List<String> options = recording
                .map(file -> List.of("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file))
                .orElse(List.of());
        List<String> arguments = List.of(folder.toString());
        try {
            json.writeValue(folder.resolve(ClientMain.ORDER).toFile(), order);
        } catch (IOException e) {
            throw new UncheckedIOException("the case " + order.name() + " cannot be told its order", e);
        }
        process = JavaProcess.start(ClientMain.class, classPath(measured), options, arguments, log);
    }

    /**
     * Waits until its first pass reads.
     *
     * @throws IllegalStateException if it ends before, or that takes too long; its output is in the folder
     */
    public void awaitStarted() {
        Path started = Workload.startedFile(folder.resolve(order.passName(0)));
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!Files.exists(started)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "The case " + order.name() + " did not start within " + START_WITHIN + ": see " + log + ".");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException if it fails; its output is in the folder
     */
    public ClientReport report() {
        if (!process.endsWellWithin(WITHIN)) {
            throw new IllegalStateException(
                    "The case " + order.name() + " failed, or took longer than " + WITHIN + ": see " + log + ".");
        }
        try {
            return json.readValue(folder.resolve(ClientMain.REPORT).toFile(), ClientReport.class);
        } catch (IOException e) {
            throw new UncheckedIOException("the case " + order.name() + " has left no report", e);
        }
    }

    @Override
    public void close() {
        process.close();
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
