/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AccountZones;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.AgentProfile;
import dev.muster.streams.read.AgentView;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.shard.AccountShard;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Answers for all of an account from what any number of shards say; each part of it is a class of its own. */
public final class GatheringAccountReader implements AccountReader {

    private final Shards shards;
    private final SessionSearch sessions;
    private final TraceSearch traces;
    private final DayGroupReads groups;
    private final SpendReads spend;
    private final AuditReads audit;
    private final AgentReads agents;

    /**
     * Reads what some shards say together.
     *
     * @param shards together they host every partition
     * @param partitions how many partitions the events' topic has
     * @param controls what was commanded of the agents
     * @param zones where a day begins for an account
     * @param budgets how much each shard looks at for a page
     */
    public GatheringAccountReader(
            List<AccountShard> shards,
            int partitions,
            AgentControls controls,
            InstantSource clock,
            AccountZones zones,
            Budgets budgets) {
        Shards all = new Shards(shards, partitions);
        this.shards = all;
        sessions = new SessionSearch(all, controls, clock, budgets.rows());
        traces = new TraceSearch(all, controls, clock, budgets.rows());
        groups = new DayGroupReads(all, controls, clock, budgets.groups());
        spend = new SpendReads(all, controls);
        audit = new AuditReads(all, budgets.rows());
        agents = new AgentReads(all, controls, clock, zones, new RecentActivity(sessions, audit));
    }

    /** Names agents for one answer, as what all shards know of them. */
    public AgentNames agentNames() {
        return new KnownAgentNames(shards);
    }

    @Override
    public Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return sessions.page(account, filter, sort, limit, cursor);
    }

    @Override
    public Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        return traces.page(account, filter, limit, cursor);
    }

    @Override
    public Optional<SessionTraceView> trace(String account, String traceId) {
        return traces.trace(account, traceId);
    }

    @Override
    public Page<DayGroupView> dayGroups(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return groups.page(account, filter, sort, limit, cursor);
    }

    @Override
    public Optional<DayGroupView> dayGroup(String account, String agentId, LocalDate day) {
        return groups.group(account, agentId, day);
    }

    @Override
    public Page<SessionView> daySessions(
            String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        return groups.sessions(account, agentId, day, limit, cursor);
    }

    @Override
    public SpendView spend(String account, SpendFilter filter) {
        return spend.spend(account, filter);
    }

    @Override
    public Page<AgentView> agents(String account, boolean deleted, int limit, Optional<String> cursor) {
        return agents.page(account, deleted, limit, cursor);
    }

    @Override
    public Optional<AgentProfile> agent(String account, String agentId) {
        return agents.profile(account, agentId);
    }

    @Override
    public Page<AuditEntry> audit(String account, AuditFilter filter, int limit, Optional<String> cursor) {
        return audit.page(account, filter, limit, cursor);
    }
}
