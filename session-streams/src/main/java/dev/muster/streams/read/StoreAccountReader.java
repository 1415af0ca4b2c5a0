/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControls;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/** Reads all of an account from the stores of one instance; each part of it is a class of its own. */
public final class StoreAccountReader implements AccountReader {

    /** So many rows are looked at for a page of what is filtered. */
    static final int MOST_LOOKED_AT = 5000;

    private final SessionSearch sessions;
    private final TraceSearch traces;
    private final DayGroupReads groups;
    private final SpendReads spend;
    private final AuditReads audit;
    private final AgentReads agents;

    StoreAccountReader(Partitions partitions, AgentControls controls, InstantSource clock, ZoneId zone) {
        sessions = new SessionSearch(partitions, controls, clock, MOST_LOOKED_AT);
        traces = new TraceSearch(partitions, controls, clock, MOST_LOOKED_AT);
        groups = new DayGroupReads(partitions, controls, clock);
        spend = new SpendReads(partitions, controls);
        audit = new AuditReads(partitions, controls, MOST_LOOKED_AT);
        agents = new AgentReads(partitions, controls, clock, zone, new RecentDoings(sessions, audit));
    }

    /**
     * Reads the stores of a Kafka Streams instance.
     *
     * @param count how many partitions the events' topic has
     * @param controls what was commanded of the agents
     * @param zone where a day begins
     */
    public static AccountReader of(
            KafkaStreams streams, int count, AgentControls controls, InstantSource clock, ZoneId zone) {
        return new StoreAccountReader(new StreamsPartitions(streams, count), controls, clock, zone);
    }

    @Override
    public Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return Reading.of(() -> sessions.page(account, filter, sort, limit, cursor));
    }

    @Override
    public Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        return Reading.of(() -> traces.page(account, filter, limit, cursor));
    }

    @Override
    public Optional<SessionTraceView> trace(String account, String traceId) {
        return Reading.of(() -> traces.trace(account, traceId));
    }

    @Override
    public Page<DayGroupView> dayGroups(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return Reading.of(() -> groups.page(account, filter, sort, limit, cursor));
    }

    @Override
    public Optional<DayGroupView> dayGroup(String account, String agentId, LocalDate day) {
        return Reading.of(() -> groups.group(account, agentId, day));
    }

    @Override
    public Page<SessionView> daySessions(
            String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        return Reading.of(() -> groups.sessions(account, agentId, day, limit, cursor));
    }

    @Override
    public SpendView spend(String account, SpendFilter filter) {
        return Reading.of(() -> spend.spend(account, filter));
    }

    @Override
    public Page<AgentView> agents(String account, boolean deleted, int limit, Optional<String> cursor) {
        return Reading.of(() -> agents.page(account, deleted, limit, cursor));
    }

    @Override
    public Optional<AgentProfile> agent(String account, String agentId) {
        return Reading.of(() -> agents.profile(account, agentId));
    }

    @Override
    public Page<AuditEntry> audit(String account, AuditFilter filter, int limit, Optional<String> cursor) {
        return Reading.of(() -> audit.page(account, filter, limit, cursor));
    }
}
