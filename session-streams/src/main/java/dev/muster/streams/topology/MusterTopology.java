/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import java.util.function.Supplier;
import org.apache.kafka.streams.Topology;

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
 *
 * <p>The stores are told of in {@link dev.muster.streams.store}. The names of stores and topics, and which stores lie in one
 * sub-topology, decide what state an upgrade finds: a test keeps the description as it is.
 */
public final class MusterTopology implements Supplier<Topology> {

    private final SessionTopology sessions;

    /** Describes the topology. */
    public MusterTopology(TopologyOptions options, SessionMetrics metrics) {
        sessions = new SessionTopology(options, metrics);
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        sessions.addTo(topology);
        return topology;
    }
}
