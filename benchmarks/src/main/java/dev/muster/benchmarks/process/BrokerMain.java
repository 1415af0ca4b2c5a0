/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.process;

import dev.muster.standalone.broker.EmbeddedBroker;
import dev.muster.standalone.broker.StandaloneTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs a broker with Muster's topics until it is ended: arguments are its folder, its port, and a file to make when it is up. */
final class BrokerMain {

    private BrokerMain() {}

    /** Starts it; its threads keep the process alive. */
    public static void main(String[] args) throws IOException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
        StandaloneTopics.ensure(broker.bootstrapServers());
        Files.createFile(Path.of(args[2]));
    }
}
