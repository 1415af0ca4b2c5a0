/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import dev.muster.standalone.host.LoopbackPorts;
import dev.muster.standalone.host.StartRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
     * Starts a broker, and returns when it answers.
     *
     * @param folder where its logs are; formatted if it is missing or empty
     * @param wantedPort the port for clients; without one, the folder's last port if it is free, else any free one
     * @throws StartRefusedException if the port is taken, or the folder is damaged
     */
    public static EmbeddedBroker start(Path folder, OptionalInt wantedPort) {
        wantedPort.ifPresent(port -> LoopbackPorts.requireFree(port, "Kafka", "--kafka-port"));
        BrokerFolder logs = BrokerFolder.prepare(folder);
        List<Integer> free = LoopbackPorts.free(2);
        int port = wantedPort.orElseGet(() -> logs.lastPort().stream()
                .filter(LoopbackPorts::isFree)
                .findFirst()
                .orElse(free.get(0)));
        try {
            logs.keepPort(port);
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.apply(BrokerSettings.of(logs.path(), port, free.get(1)), false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, port);
        } catch (IOException | RuntimeException e) {
            throw new StartRefusedException(
                    "Kafka did not start on its folder " + logs.path() + " ("
                            + rootOf(e).getMessage() + "); the log has more.",
                    e);
        }
    }

    /** Where its clients connect to, as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return LoopbackPorts.ADDRESS + ":" + port;
    }

    /** The port that its clients connect to. */
    public int port() {
        return port;
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
