/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.process.JavaProcess;
import dev.muster.benchmarks.process.Mailbox;
import dev.muster.benchmarks.queries.QueryStatus.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** An instance that is asked, in a process of its own. */
final class QueryProcess implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofMinutes(60);
    private static final Duration END_WITHIN = Duration.ofMinutes(35);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Mailbox mailbox;
    private final Path log;
    private final JavaProcess process;

    /**
     * Starts one.
     *
     * @param folder an empty folder for its state and its output
     */
    QueryProcess(QueryOrder order, Path folder) {
        mailbox = new Mailbox(folder);
        mailbox.put(QueryMain.ORDER, order);
        log = folder.resolve("instance.log");
        process = JavaProcess.start(QueryMain.class, List.of(), List.of(folder.toString()), log);
    }

    /**
     * Waits until it has come to a step.
     *
     * @param progress hears meanwhile how far it is
     * @throws IllegalStateException if it ends before, or that takes too long; its output is in the folder
     */
    void await(Step step, Consumer<QueryStatus> progress) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (true) {
            Optional<QueryStatus> status = mailbox.get(QueryMain.STATUS, QueryStatus.class);
            if (status.filter(now -> now.isAt(step)).isPresent()) {
                return;
            }
            status.ifPresent(progress);
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IllegalStateException("The instance has not come to " + step + " within " + WITHIN
                        + "; it was " + status + ": see " + log + ".");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Tells it something. */
    void tell(String name, Object message) {
        mailbox.put(name, message);
    }

    /**
     * Waits for its end.
     *
     * @throws IllegalStateException if it does not end well; its output is in the folder
     */
    QueryResults results() {
        if (!process.endsWellWithin(END_WITHIN)) {
            throw new IllegalStateException("The instance did not end well: see " + log + ".");
        }
        return mailbox.require(QueryMain.RESULTS, QueryResults.class);
    }

    @Override
    public void close() {
        process.close();
    }
}
