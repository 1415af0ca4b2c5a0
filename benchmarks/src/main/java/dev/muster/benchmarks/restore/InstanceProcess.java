/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.benchmarks.process.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** An instance in a process of its own. */
final class InstanceProcess implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(15);
    private static final Duration STOP_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;
    private final Path log;
    private final JavaProcess process;

    /**
     * Starts one.
     *
     * @param folder an empty folder for its output
     */
    InstanceProcess(InstanceOrder order, Path folder) {
        this.folder = folder;
        log = folder.resolve("instance.log");
        try {
            json.writeValue(folder.resolve(InstanceMain.ORDER).toFile(), order);
        } catch (IOException e) {
            throw new UncheckedIOException("the instance cannot be told its order", e);
        }
        process = JavaProcess.start(InstanceMain.class, List.of(), List.of(folder.toString()), log);
    }

    /**
     * Waits until it is as wanted.
     *
     * @return how it is then
     * @throws IllegalStateException if it ends before, or that takes too long; its output is in the folder
     */
    InstanceStatus await(String what, Predicate<InstanceStatus> wanted) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            Optional<InstanceStatus> status = status();
            if (status.filter(wanted).isPresent()) {
                return status.get();
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("An instance was not " + what + " within " + WITHIN + "; it was "
                        + status + ": see " + log + ".");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** How it is; empty as long as it has not said so. */
    private Optional<InstanceStatus> status() {
        Path file = folder.resolve(InstanceMain.STATUS);
        try {
            return Files.exists(file)
                    ? Optional.of(json.readValue(file.toFile(), InstanceStatus.class))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("the instance's status cannot be read", e);
        }
    }

    /** Ends it as a power cut would. */
    void kill() {
        process.kill();
    }

    /**
     * Lets it check its sessions, commit and end.
     *
     * @throws IllegalStateException if its sessions are not what they ought to be
     */
    void stop() {
        try {
            Files.createFile(folder.resolve(InstanceMain.STOP));
        } catch (IOException e) {
            throw new UncheckedIOException("the instance cannot be told to stop", e);
        }
        if (!process.endsWellWithin(STOP_WITHIN)) {
            throw new IllegalStateException("An instance did not end well: see " + log + ".");
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
