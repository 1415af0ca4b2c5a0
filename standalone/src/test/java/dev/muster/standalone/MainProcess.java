/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, to be killed. */
final class MainProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    /** Starts it. */
    MainProcess(Class<?> main, Map<String, String> settings) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        builder.environment().putAll(settings);
        try {
            output = Files.createTempFile(Path.of("target"), main.getPackageName() + "-", ".log");
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as {@code kill -9} does, and returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Whether it runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for it to end, and returns its exit code. */
    int awaitEnd() {
        return process.onExit().orTimeout(1, TimeUnit.MINUTES).join().exitValue();
    }

    /** What it has written until now, to its output and its error stream. */
    String output() throws IOException {
        return Files.readString(output);
    }

    /** Lets it end in good order. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
        } finally {
            kill();
        }
    }
}
