/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs an instance: the argument is a folder with {@code order.json}, in which {@code status.json} says how it is. When a file
 * {@code stop} comes, it checks its sessions and ends.
 */
final class InstanceMain {

    static final String ORDER = "order.json";
    static final String STATUS = "status.json";
    static final String STOP = "stop";

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private InstanceMain() {}

    /** Ends with an error if the topology fails, or the sessions are not what they ought to be. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        ObjectMapper json = new ObjectMapper();
        Path next = folder.resolve(STATUS + ".next");
        try (Instance instance =
                new Instance(json.readValue(folder.resolve(ORDER).toFile(), InstanceOrder.class))) {
            while (!Files.exists(folder.resolve(STOP))) {
                if (instance.hasFailed()) {
                    throw new IllegalStateException("the topology has failed");
                }
                json.writeValue(next.toFile(), instance.status());
                Files.move(
                        next,
                        folder.resolve(STATUS),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
            instance.check();
        }
    }
}
