/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Answers for all of an account: its sessions, day groups, agents, traces, spend and audit log. Live sessions are taken from
 * memory; what belongs to a deleted agent is left out everywhere. Limits are taken as they are (1 or more). A page may
 * have fewer items than the limit, even none, and yet a next page: of traces and the audit log a bounded number is looked at for
 * one, and a session that has changed meanwhile may not fit any more. A cursor is a {@link Page#nextCursor()} of the same list, asked with the same filter and order.
 *
 * <p>Every method throws {@link NotReadyException} while the stores cannot be read, and those with a cursor
 * {@link InvalidCursorException} for one that is not theirs.
 */
public interface AccountReader {

    /** The sessions that fit, in an order. */
    Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor);

    /**
     * The day groups that fit, in an order. A filter by what only sessions have (status, model, tool, text) makes groups of
     * the sessions that fit; without one a group has all of its sessions.
     */
    Page<DayGroupView> dayGroups(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor);

    /** One day group; empty when the agent began no session on that day. */
    Optional<DayGroupView> dayGroup(String account, String agentId, LocalDate day);

    /** The sessions of a day group, the latest begun first. */
    Page<SessionView> daySessions(String account, String agentId, LocalDate day, int limit, Optional<String> cursor);

    /** The agents, the latest seen first; deleted ones only when they are asked for. */
    Page<AgentView> agents(String account, boolean deleted, int limit, Optional<String> cursor);

    /** One agent's profile; a deleted one's too. */
    Optional<AgentProfile> agent(String account, String agentId);

    /** The traces of all sessions, the latest begun first. */
    Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor);

    /** The trace of an id, of the session that was active last if several have one. */
    Optional<SessionTraceView> trace(String account, String traceId);

    /** The audit log: every event, with a session or without, and every command, the newest first. */
    Page<AuditEntry> audit(String account, AuditFilter filter, int limit, Optional<String> cursor);

    /** What was spent in a window, by the days on which it was spent. */
    SpendView spend(String account, SpendFilter filter);
}
