/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.Loaded;
import dev.muster.benchmarks.process.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Runs an instance that is asked: the argument is the folder of a mailbox with its order, in which it leaves how far it is and
 * what it has measured. It is told when the fleet is loaded, when events come, and how many came.
 */
final class QueryMain {

    static final String ORDER = "order";
    static final String STATUS = "status";
    static final String LOADED = "loaded";
    static final String RESUMED = "resumed";
    static final String SENT = "sent";
    static final String RESULTS = "results";

    private static final Duration TOLD_WITHIN = Duration.ofMinutes(30);
    private static final Duration STATUS_EVERY = Duration.ofMillis(100);

    private QueryMain() {}

    /** Ends with an error if the topology fails, or an answer is not right. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Mailbox mailbox = new Mailbox(folder);
        QueryOrder order = mailbox.require(ORDER, QueryOrder.class);
        try (QueryRun run = new QueryRun(order, folder.resolve("state"), statusTo(mailbox))) {
            run.awaitReady();
            Loaded loaded = told(LOADED, Loaded.class, mailbox, run);
            run.load(loaded);
            run.rest();
            run.askAtRest();
            if (order.rate() > 0) {
                run.awaitLoad();
                run.askUnderLoad(Instant.ofEpochMilli(told(RESUMED, Long.class, mailbox, run)));
            }
            run.awaitEnd();
            run.end(loaded, told(SENT, Long.class, mailbox, run));
            mailbox.put(RESULTS, run.results());
        }
    }

    private static <T> T told(String message, Class<T> type, Mailbox mailbox, QueryRun run) {
        run.await("told " + message, TOLD_WITHIN, () -> mailbox.has(message));
        return mailbox.require(message, type);
    }

    /** Leaves each step, and within a step the share now and then. */
    private static Consumer<QueryStatus> statusTo(Mailbox mailbox) {
        return new Consumer<>() {

            private QueryStatus.Step step = QueryStatus.Step.STARTING;
            private long next = System.nanoTime();

            @Override
            public void accept(QueryStatus status) {
                if (status.step() != step || System.nanoTime() >= next) {
                    mailbox.put(STATUS, status);
                    step = status.step();
                    next = System.nanoTime() + STATUS_EVERY.toNanos();
                }
            }
        };
    }
}
