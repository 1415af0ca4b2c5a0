/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.Samples;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.read.AccountReader;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An account in memory. It notes what it was asked, and answers one item of each list whatever the filter, but for the
 * sessions and the audit log, whose entries a test may set.
 */
final class FakeAccountReader implements AccountReader {

    /** The day of its only day group. */
    static final LocalDate DAY = LocalDate.of(2026, 9, 23);

    private final String account;
    private final List<String> ids;
    private final AgentControls controls;
    private final List<Object> asked = new ArrayList<>();
    private volatile List<AuditEntry> audit = List.of();
    private volatile int auditEndsAt = Integer.MAX_VALUE;

    FakeAccountReader(String account, List<String> ids, AgentControls controls) {
        this.account = account;
        this.ids = ids;
        this.controls = controls;
    }

    /** What was asked last: the filter, then the rest but the cursor. */
    synchronized List<Object> asked() {
        return List.copyOf(asked);
    }

    /** The audit log from now on. */
    void audit(List<AuditEntry> entries) {
        audit = List.copyOf(entries);
    }

    /** From that entry on, reading the audit log fails. */
    void auditFailsAt(int entry) {
        auditEndsAt = entry;
    }

    @Override
    public Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        note(filter, sort, limit);
        return FakeReader.page(is(account) ? ids : List.of(), limit, cursor, Samples::session);
    }

    @Override
    public Page<DayGroupView> dayGroups(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        note(filter, sort, limit);
        return one(Samples.dayGroup(DAY));
    }

    @Override
    public Optional<DayGroupView> dayGroup(String account, String agentId, LocalDate day) {
        return isAgent(account, agentId) && day.equals(DAY) ? Optional.of(Samples.dayGroup(day)) : Optional.empty();
    }

    @Override
    public Page<SessionView> daySessions(
            String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        note(agentId, day, limit);
        return FakeReader.page(List.of("s-1", "s-2"), limit, cursor, Samples::session);
    }

    @Override
    public Page<AgentView> agents(String account, boolean deleted, int limit, Optional<String> cursor) {
        note(deleted, limit);
        return one(agent());
    }

    @Override
    public Optional<AgentProfile> agent(String account, String agentId) {
        return isAgent(account, agentId) ? Optional.of(Samples.profile(agent())) : Optional.empty();
    }

    @Override
    public Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        note(filter, limit);
        return one(trace("t/1"));
    }

    @Override
    public Optional<SessionTraceView> trace(String account, String traceId) {
        return is(account) && traceId.startsWith("t/") ? Optional.of(trace(traceId)) : Optional.empty();
    }

    @Override
    public Page<AuditEntry> audit(String account, AuditFilter filter, int limit, Optional<String> cursor) {
        note(filter, limit);
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < audit.size(); i++) {
            keys.add(Integer.toString(i));
        }
        return FakeReader.page(keys, limit, cursor, this::entry);
    }

    @Override
    public SpendView spend(String account, SpendFilter filter) {
        note(filter);
        return Samples.spend();
    }

    private AuditEntry entry(String index) {
        int number = Integer.parseInt(index);
        if (number >= auditEndsAt) {
            throw new IllegalStateException("secret of the inside");
        }
        return audit.get(number);
    }

    private AgentView agent() {
        return Samples.agent(controls.of(account, Samples.AGENT));
    }

    private static SessionTraceView trace(String id) {
        return new SessionTraceView("s-1", Samples.AGENT, "claude-code:demo-app", Samples.trace(id));
    }

    private boolean isAgent(String account, String agentId) {
        return is(account) && agentId.equals(Samples.AGENT);
    }

    private boolean is(String account) {
        return this.account.equals(account);
    }

    private synchronized void note(Object... what) {
        asked.clear();
        asked.addAll(List.of(what));
    }

    private static <T> Page<T> one(T item) {
        return new Page<>(List.of(item), Optional.empty());
    }
}
