/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of this program's own Java, which ends at the latest with this one. */
public final class JavaProcess implements AutoCloseable {

    /** The heap that each process has. */
    static final String HEAP = "1g";

    /** As ./muster has it: glibc's default of eight a core would hold memory that nobody uses. */
    private static final String ARENAS = "2";

    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    private final Process process;
    private final Thread atExit;

    private JavaProcess(Process process) {
        this.process = process;
        atExit = new Thread(process::destroyForcibly, "end-child");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a main class of this program.
     *
     * @param jvmOptions beside those that all have
     * @param log where its output goes
     */
    public static JavaProcess start(Class<?> main, List<String> jvmOptions, List<String> arguments, Path log) {
        return start(main, System.getProperty("java.class.path"), jvmOptions, arguments, log);
    }

    /** Starts a main class of a class path. */
    static JavaProcess start(
            Class<?> main, String classPath, List<String> jvmOptions, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The collector that ./muster starts with.
        command.addAll(List.of("-Xms" + HEAP, "-Xmx" + HEAP, "-XX:MaxDirectMemorySize=128m"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        command.add("-Dlogback.configurationFile=benchmarks-logback.xml");
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", ARENAS);
        try {
            return new JavaProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException("the process of " + main.getSimpleName() + " cannot be started", e);
        }
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; false if it still runs, or ended with an error. */
    public boolean endsWellWithin(Duration time) {
        try {
            return process.waitFor(time.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as a power cut would, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        endsWellWithin(END_WITHIN);
    }

    @Override
    public void close() {
        process.destroy();
        endsWellWithin(END_WITHIN);
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
