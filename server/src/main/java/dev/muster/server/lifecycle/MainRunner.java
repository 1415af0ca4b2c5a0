/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.lifecycle;

import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one program with the settings of its environment until the process is told to end. What keeps it from starting is one
 * sentence on the error stream and exit code 1.
 */
public final class MainRunner {

    private static final Logger LOG = LoggerFactory.getLogger(MainRunner.class);

    private static final Duration FAILURE_POLL = Duration.ofSeconds(1);

    private MainRunner() {}

    /** A program that runs. */
    public interface Program extends AutoCloseable {

        /** What it does and where, in a sentence for the log. */
        String announcement();

        /** Why it cannot go on, in sentences; empty as long as it can. The process then ends, so that it is started anew. */
        default Optional<String> failedBecause() {
            return Optional.empty();
        }

        @Override
        void close();
    }

    /**
     * Runs a program.
     *
     * @param name what the program is called, as in «The collector takes no arguments»
     * @param arguments the process's arguments, of which there may be none
     * @param start starts it from the environment's variables
     */
    public static void run(String name, String[] arguments, Function<Map<String, String>, Program> start) {
        if (arguments.length > 0) {
            end(name + " takes no arguments; docs/configuration.md lists its settings.");
            return;
        }
        try {
            Program program = start.apply(System.getenv());
            Runtime.getRuntime().addShutdownHook(new Thread(program::close, "muster-end"));
            LOG.info("{}", program.announcement());
            end(awaitFailure(program));
        } catch (InvalidSettingException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    /** Waits for the failure of a program; for one that never fails, until the process ends. */
    private static String awaitFailure(Program program) {
        while (true) {
            Optional<String> failure = program.failedBecause();
            if (failure.isPresent()) {
                return failure.get();
            }
            LockSupport.parkNanos(FAILURE_POLL.toNanos());
        }
    }

    private static void end(String sentence) {
        System.err.println(sentence);
        System.exit(1);
    }
}
