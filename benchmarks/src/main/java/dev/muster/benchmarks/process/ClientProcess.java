/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Runs a case in a process of its own, so that one case's compiled code and garbage are not another's. */
public final class ClientProcess implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(40);

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
     */
    public ClientProcess(ClientOrder order, Path folder, Optional<Path> recording) {
        this.order = order;
        this.folder = folder;
        log = folder.resolve("client.log");
        List<String> options = recording
                .map(file -> List.of("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=" + file))
                .orElse(List.of());
        try {
            json.writeValue(folder.resolve(ClientMain.ORDER).toFile(), order);
        } catch (IOException e) {
            throw new UncheckedIOException("the case " + order.name() + " cannot be told its order", e);
        }
        process = JavaProcess.start(ClientMain.class, options, List.of(folder.toString()), log);
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
}
