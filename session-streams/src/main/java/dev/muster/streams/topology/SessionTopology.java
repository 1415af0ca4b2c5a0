/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import dev.muster.schemas.Topics;
import dev.muster.schemas.registry.WriterSchemas;
import dev.muster.streams.model.SessionRules;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsBuilder;
import dev.muster.streams.store.SessionStores;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;

/**
 * The whole topology.
 *
 * <pre>
 *  muster.hook-events ──▶ sessions (processor) ──▶ muster.dead-letters   what cannot be read
 *  muster.rekey ────────▶    │  live ─▶ journal; sessions, traces, events, activity, days, audit
 *        ▲───────────────────┘ ▲                                         what came to the wrong partition
 *  muster.session-commands ────┤
 *  muster.agent-commands ──────┘ commands (processor)
 * </pre>
 */
public final class SessionTopology implements Supplier<Topology> {

    static final String PROCESSOR = "session-processor";
    static final String COMMAND_PROCESSOR = "command-processor";
    static final String REKEY_SINK = "rekey";
    static final String DEAD_LETTER_SINK = "dead-letters";

    private final Options options;
    private final SessionMetrics metrics;

    /**
     * What the topology can be told.
     *
     * @param partitions how many partitions the events' topic has; the topic for re-keying has as many
     * @param retention how long a session is kept after its last event
     * @param live what a task's live sessions may take
     * @param rules what the installation decides about sessions
     * @param schemas what wrote the records in a schema registry's frame
     * @param rows what keeps the rows of the store of a name: RocksDB, in memory for a test driver
     */
    public record Options(
            int partitions,
            Duration retention,
            LiveSessions.Bounds live,
            SessionRules rules,
            WriterSchemas schemas,
            Function<String, KeyValueBytesStoreSupplier> rows) {

        String rekeyTopic() {
            return Topics.REKEY;
        }
    }

    /** Describes the topology. */
    public SessionTopology(Options options, SessionMetrics metrics) {
        this.options = options;
        this.metrics = metrics;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
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
                new LiveSessionsBuilder(options.rules(), options.live(), metrics), PROCESSOR, COMMAND_PROCESSOR);
        topology.addSink(REKEY_SINK, Topics.REKEY, out, out, PROCESSOR);
        topology.addSink(DEAD_LETTER_SINK, Topics.DEAD_LETTERS, out, out, PROCESSOR, COMMAND_PROCESSOR);
        return topology;
    }
}
