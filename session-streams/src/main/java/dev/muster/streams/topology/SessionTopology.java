/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.Topics;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.SessionStores;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The part of the topology that keeps sessions: its sources, processors, stores and sinks. */
final class SessionTopology {

    static final String PROCESSOR = "session-processor";
    static final String COMMAND_PROCESSOR = "command-processor";
    static final String REKEY_SINK = "rekey";
    static final String DEAD_LETTER_SINK = "dead-letters";

    private final TopologyOptions options;
    private final SessionMetrics metrics;

    SessionTopology(TopologyOptions options, SessionMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
    }

    /** Adds it to a topology. */
    void addTo(Topology topology) {
        // Bytes all the way: the processor decodes, so that a record that cannot be read is its to judge.
        ByteArrayDeserializer in = new ByteArrayDeserializer();
        ByteArraySerializer out = new ByteArraySerializer();
        topology.addSource("hook-events", in, in, Topics.HOOK_EVENTS);
        topology.addSource("rekeyed-events", in, in, Topics.REKEY);
        topology.addProcessor(PROCESSOR, () -> new SessionProcessor(options, metrics), "hook-events", "rekeyed-events");
        topology.addSource("session-commands", in, in, Topics.SESSION_COMMANDS);
        topology.addSource("agent-commands", in, in, Topics.AGENT_COMMANDS);
        topology.addProcessor(
                COMMAND_PROCESSOR, () -> new CommandProcessor(options, metrics), "session-commands", "agent-commands");
        SessionStores.NAMES.forEach(name ->
                topology.addStateStore(SessionStores.builder(options.rows().apply(name)), PROCESSOR));
        topology.addStateStore(SessionStores.journalBuilder(), PROCESSOR);
        // What is commanded goes by the live sessions too: only their processor writes to the stores under them.
        topology.addStateStore(
                new LiveSessionsBuilder(options.rules(), options.live(), options.index(), metrics),
                PROCESSOR,
                COMMAND_PROCESSOR);
        topology.addSink(REKEY_SINK, Topics.REKEY, out, out, PROCESSOR);
        topology.addSink(DEAD_LETTER_SINK, Topics.DEAD_LETTERS, out, out, PROCESSOR, COMMAND_PROCESSOR);
    }
}
