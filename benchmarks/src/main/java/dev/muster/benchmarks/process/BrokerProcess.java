/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import dev.muster.standalone.host.LoopbackPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A broker in a process of its own, on a free port of the loopback address, so that its work is not counted as a client's. */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final JavaProcess process;
    private final String bootstrap;

    private BrokerProcess(JavaProcess process, String bootstrap) {
        this.process = process;
        this.bootstrap = bootstrap;
    }

    /**
     * Starts one with Muster's topics, and returns when it answers.
     *
     * @param folder an empty folder for its logs
     * @throws IllegalStateException if it does not come up; its output is in the folder
     */
    public static BrokerProcess start(Path folder) {
        int port = LoopbackPorts.free(1).get(0);
        Path up = folder.resolve("up");
        Path log = folder.resolve("broker.log");
        List<String> arguments = List.of(folder.resolve("data").toString(), String.valueOf(port), up.toString());
        JavaProcess process = JavaProcess.start(BrokerMain.class, List.of(), arguments, log);
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (!Files.exists(up)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.close();
                throw new IllegalStateException(
                        "The broker did not come up within " + UP_WITHIN + ": see " + log + ".");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return new BrokerProcess(process, LoopbackPorts.ADDRESS + ":" + port);
    }

    /** Where clients connect to. */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        process.close();
    }
}
