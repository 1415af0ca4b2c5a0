/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * An instance in a process of its own, to be killed: told a number on its standard input, it stops for ever before that
 * write of its flushes, says so, and waits. It ends when its standard input does.
 */
final class KilledInstance {

    static final String STOPPED = "stopped in a flush";

    private static final AtomicInteger WRITES_LEFT = new AtomicInteger(Integer.MAX_VALUE);

    private KilledInstance() {}

    /** Takes the bootstrap servers, the state folder and whether stores are transactional; there is one partition. */
    public static void main(String[] arguments) throws IOException {
        Instance.startEagerWithSmallBuffers(
                Instance.config(arguments[0], Path.of(arguments[1]), "a", 0, Boolean.parseBoolean(arguments[2])),
                1,
                WatchedRows.flushed(store -> stopAtTheLast()));
        int writes = System.in.read();
        while (writes >= 0) {
            WRITES_LEFT.set(writes);
            writes = System.in.read();
        }
        Runtime.getRuntime().halt(1);
    }

    private static void stopAtTheLast() {
        if (WRITES_LEFT.decrementAndGet() == 0) {
            System.out.println(STOPPED);
            System.out.flush();
            while (true) {
                LockSupport.park();
            }
        }
    }

    /** Starts the process. */
    static Process start(String bootstrap, Path stateDir, boolean transactionalStores) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            return new ProcessBuilder(
                            java.toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            KilledInstance.class.getName(),
                            bootstrap,
                            stateDir.toString(),
                            String.valueOf(transactionalStores))
                    .redirectError(Path.of("target", "killed-instance.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
