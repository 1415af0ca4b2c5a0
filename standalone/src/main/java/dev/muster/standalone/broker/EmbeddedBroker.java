/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import dev.muster.standalone.host.LoopbackPorts;
import dev.muster.standalone.host.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and controller in this JVM, on the loopback address. Its folder keeps every record across restarts,
 * also after the process was killed.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * The port that a broker on the folder should listen on, so that its address is known before it starts.
     *
     * @param wanted the port to take, free or not; without one, the folder's last port if it is free, else any free one
     */
    public static int choosePort(Path folder, OptionalInt wanted) {
        return wanted.orElseGet(() -> BrokerFolder.lastPort(folder).stream()
                .filter(LoopbackPorts::isFree)
                .findFirst()
                .orElseGet(() -> LoopbackPorts.free(1).get(0)));
    }

    /**
     * Starts a broker, and returns when it answers.
     *
     * @param folder where its logs are; formatted if it is missing or empty
     * @param port the port for its clients, a free one
     * @throws StartRefusedException if the folder is damaged, or Kafka does not start on it
     */
    public static EmbeddedBroker start(Path folder, int port) {
        Path logs = BrokerFolder.prepare(folder);
        int controllerPort = LoopbackPorts.free(2).stream()
                .filter(free -> free != port)
                .findFirst()
                .orElseThrow();
        try {
            BrokerFolder.keepPort(logs, port);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.apply(BrokerSettings.of(logs, port, controllerPort), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, port);
        } catch (IOException | RuntimeException e) {
            throw new StartRefusedException(
                    "Kafka did not start on its folder " + logs + " ("
                            + rootOf(e).getMessage() + "); the log has more.",
                    e);
        }
    }

    /** Where its clients connect to, as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return LoopbackPorts.ADDRESS + ":" + port;
    }

    /** Stops it, and returns when its folder is closed. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = root.getCause(); next != null; next = next.getCause()) {
            root = next;
        }
        return root;
    }
}
