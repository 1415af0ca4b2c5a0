/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.broker;

import dev.muster.standalone.host.LoopbackPorts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a broker that is its whole cluster, shares a small JVM with others and serves this machine only. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private BrokerSettings() {}

    static Map<String, String> of(Path logs, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(oneNode(logs, port, controllerPort));
        settings.putAll(promptStart());
        settings.putAll(smallFootprint());
        return settings;
    }

    private static Map<String, String> oneNode(Path logs, int port, int controllerPort) {
        String client = "PLAINTEXT://" + LoopbackPorts.ADDRESS + ":" + port;
        String controller = LoopbackPorts.ADDRESS + ":" + controllerPort;
        return Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", String.valueOf(NODE_ID)),
                Map.entry("controller.quorum.voters", NODE_ID + "@" + controller),
                Map.entry("controller.listener.names", CONTROLLER_LISTENER),
                Map.entry("listeners", client + "," + CONTROLLER_LISTENER + "://" + controller),
                Map.entry("advertised.listeners", client),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", logs.toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"));
    }

    /**
     * Nobody else will join a group, so none is waited for. After a kill the controller refuses the broker until the
     * session of the dead one is over, and readers wait for the end of transactions that were left open.
     */
    private static Map<String, String> promptStart() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.streams.initial.rebalance.delay.ms", "0",
                "broker.heartbeat.interval.ms", "500",
                "broker.session.timeout.ms", "3000",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    }

    /** The defaults are for a machine of the broker's own: the cleaner's buffer alone would take 128 MB of heap. */
    private static Map<String, String> smallFootprint() {
        return Map.ofEntries(
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("num.recovery.threads.per.data.dir", "2"),
                Map.entry("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20)),
                Map.entry("log.segment.bytes", String.valueOf(64 << 20)),
                Map.entry("offsets.topic.segment.bytes", String.valueOf(8 << 20)),
                Map.entry("transaction.state.log.segment.bytes", String.valueOf(8 << 20)),
                Map.entry("metadata.log.segment.bytes", String.valueOf(16 << 20)),
                Map.entry("log.index.size.max.bytes", String.valueOf(1 << 20)),
                Map.entry("queued.max.requests", "100"),
                Map.entry("metadata.max.idle.interval.ms", "0"),
                Map.entry("metric.reporters", ""));
    }
}
