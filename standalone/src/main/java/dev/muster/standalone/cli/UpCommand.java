/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.standalone.Standalone;
import dev.muster.standalone.StandaloneConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything, says where it is, and stops it when the process is told to end. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        versionProvider = MusterCommand.Version.class,
        sortOptions = false,
        description = "Start everything in one process: Kafka broker, collector, topology and API.",
        footer = "%nIt stays in the foreground; Ctrl-C stops it. All that it gathered is there after the next start.")
final class UpCommand implements Callable<Integer> {

    private static final Duration READY_POLL = Duration.ofMillis(50);
    private static final Duration FAILURE_POLL = Duration.ofSeconds(1);
    private static final Duration QUIET_FOR = Duration.ofSeconds(10);

    private final Map<String, String> environment;
    private final Path defaultData;
    private final InstantSource clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--demo", description = "Let a small made-up fleet work, so that there is something to see.")
    private boolean demo;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = Option.NULL_VALUE,
            description = "The folder that keeps everything across restarts (default: data, beside this script).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = Option.NULL_VALUE,
            description = "The API's port (default: 8080).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--ingest-port",
            paramLabel = "N",
            defaultValue = Option.NULL_VALUE,
            description = "The collector's port (default: 4318).")
    private Optional<Integer> ingestPort = Optional.empty();

    @Option(
            names = "--kafka-port",
            paramLabel = "N",
            defaultValue = Option.NULL_VALUE,
            description = "The broker's port (default: the last one of the data folder, else any that is free).")
    private Optional<Integer> kafkaPort = Optional.empty();

    UpCommand(Map<String, String> environment, Path defaultData, InstantSource clock) {
        this.environment = environment;
        this.defaultData = defaultData;
        this.clock = clock;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        try (StopSignal stop = StopSignal.onShutdown()) {
            try {
                return run(stop);
            } catch (RuntimeException | Error e) {
                if (!stop.isRequested()) {
                    throw e;
                }
                // Whatever was being started refuses once the process ends.
                LoggerFactory.getLogger(UpCommand.class).info("The start was broken off", e);
                say("Stopping; the data stays.");
                return ExitCode.OK;
            }
        }
    }

    private int run(StopSignal stop) throws InterruptedException, IOException {
        long start = clock.millis();
        try (Standalone muster = Standalone.start(
                settings(), defaultData, clock, folder -> say("Starting Muster on " + folder + " …"))) {
            if (awaitReady(muster, stop)) {
                Announcement.print(spec.commandLine().getOut(), muster, Duration.ofMillis(clock.millis() - start));
                if (demo) {
                    muster.startDemo();
                }
                ConsoleLog.open();
                awaitEnd(muster, stop);
                ConsoleLog.close();
            }
            Optional<String> failure = muster.failedBecause();
            if (failure.isPresent()) {
                spec.commandLine().getErr().println(failure.get());
                return ExitCode.SOFTWARE;
            }
            say("Stopping; the data stays.");
        }
        return ExitCode.OK;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** The environment, with what was asked for on the command line in place of what it says. */
    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(environment);
        data.ifPresent(value -> {
            if (value.isBlank()) {
                throw new InvalidSettingException("--data is empty, and must name a folder.");
            }
            settings.put(StandaloneConfig.DATA_DIR, value);
        });
        port.ifPresent(value -> settings.put(StandaloneConfig.API_PORT, checked("--port", value)));
        ingestPort.ifPresent(value -> settings.put(StandaloneConfig.INGEST_PORT, checked("--ingest-port", value)));
        kafkaPort.ifPresent(value -> settings.put(StandaloneConfig.KAFKA_PORT, checked("--kafka-port", value)));
        return settings;
    }

    private static String checked(String option, int port) {
        if (port < 0 || port > StandaloneConfig.MAX_PORT) {
            throw new InvalidSettingException(
                    option + " is " + port + ", and must be from 0 to " + StandaloneConfig.MAX_PORT + ".");
        }
        return String.valueOf(port);
    }

    /** Waits until the process is to end, or Muster can go on no longer. */
    private static void awaitEnd(Standalone muster, StopSignal stop) throws InterruptedException {
        while (!stop.await(FAILURE_POLL) && muster.failedBecause().isEmpty()) {
            // The wait is in the condition.
        }
    }

    /** Waits for the whole path; false if the process is to end before, or it cannot get ready. */
    private boolean awaitReady(Standalone muster, StopSignal stop) throws InterruptedException {
        long quietUntil = clock.millis() + QUIET_FOR.toMillis();
        for (Optional<String> awaited = muster.notReadyBecause();
                awaited.isPresent();
                awaited = muster.notReadyBecause()) {
            if (clock.millis() > quietUntil) {
                say("Not ready yet: " + awaited.get());
                quietUntil = clock.millis() + QUIET_FOR.toMillis();
            }
            if (stop.await(READY_POLL) || muster.failedBecause().isPresent()) {
                return false;
            }
        }
        return true;
    }
}
