/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControls;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Reads all of an account from the stores of one instance; each part of it is a class of its own. */
public final class StoreAccountReader {

    /** So many rows are looked at for a page of what is filtered. */
    static final int MOST_LOOKED_AT = 5000;

    private final SessionSearch sessions;
    private final TraceSearch traces;
    private final DayGroupReads groups;
    private final SpendReads spend;

    StoreAccountReader(Partitions partitions, AgentControls controls, InstantSource clock) {
        sessions = new SessionSearch(partitions, controls, clock, MOST_LOOKED_AT);
        traces = new TraceSearch(partitions, controls, clock, MOST_LOOKED_AT);
        groups = new DayGroupReads(partitions, controls, clock);
        spend = new SpendReads(partitions, controls);
    }

    /**
     * Reads the stores of a Kafka Streams instance.
     *
     * @param count how many partitions the events' topic has
     * @param controls what was commanded of the agents
     */
    public static StoreAccountReader of(KafkaStreams streams, int count, AgentControls controls, InstantSource clock) {
        return new StoreAccountReader(new StreamsPartitions(streams, count), controls, clock);
    }

    /** The sessions that fit, in an order. */
    public Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return Reading.of(() -> sessions.page(account, filter, sort, limit, cursor));
    }

    /** The traces of all sessions, the latest begun first. */
    public Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        return Reading.of(() -> traces.page(account, filter, limit, cursor));
    }

    /** The trace of an id, of the session that was active last if several have one. */
    public Optional<SessionTraceView> trace(String account, String traceId) {
        return Reading.of(() -> traces.trace(account, traceId));
    }

    /** The day groups that fit, in an order. */
    public Page<DayGroupView> dayGroups(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return Reading.of(() -> groups.page(account, filter, sort, limit, cursor));
    }

    /** One day group. */
    public Optional<DayGroupView> dayGroup(String account, String agentId, LocalDate day) {
        return Reading.of(() -> groups.group(account, agentId, day));
    }

    /** The sessions of a day group, the latest begun first. */
    public Page<SessionView> daySessions(
            String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        return Reading.of(() -> groups.sessions(account, agentId, day, limit, cursor));
    }

    /** What was spent in a window. */
    public SpendView spend(String account, SpendFilter filter) {
        return Reading.of(() -> spend.spend(account, filter));
    }
}
