/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import dev.muster.benchmarks.process.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs an instance: the argument is the folder of a mailbox with its order, in which it leaves how it is. When it is told to
 * stop, it checks its sessions and ends.
 */
final class InstanceMain {

    static final String ORDER = "order";
    static final String STATUS = "status";
    static final String STOP = "stop";

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private InstanceMain() {}

    /** Ends with an error if the topology fails, or the sessions are not what they ought to be. */
    public static void main(String[] args) {
        Mailbox mailbox = new Mailbox(Path.of(args[0]));
        try (Instance instance = new Instance(mailbox.require(ORDER, InstanceOrder.class))) {
            while (!mailbox.has(STOP)) {
                if (instance.hasFailed()) {
                    throw new IllegalStateException("the topology has failed");
                }
                mailbox.put(STATUS, instance.status());
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            instance.check();
        }
    }
}
