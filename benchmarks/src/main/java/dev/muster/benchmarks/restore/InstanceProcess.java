/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import dev.muster.benchmarks.process.JavaProcess;
import dev.muster.benchmarks.process.Mailbox;
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

    private final Mailbox mailbox;
    private final Path log;
    private final JavaProcess process;

    /**
     * Starts one.
     *
     * @param folder an empty folder for its output
     */
    InstanceProcess(InstanceOrder order, Path folder) {
        mailbox = new Mailbox(folder);
        mailbox.put(InstanceMain.ORDER, order);
        log = folder.resolve("instance.log");
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
            Optional<InstanceStatus> status = mailbox.get(InstanceMain.STATUS, InstanceStatus.class);
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
        mailbox.put(InstanceMain.STOP, true);
        if (!process.endsWellWithin(STOP_WITHIN)) {
            throw new IllegalStateException("An instance did not end well: see " + log + ".");
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
