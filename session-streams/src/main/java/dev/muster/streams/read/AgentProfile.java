/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.List;

/**
 * An agent with what it did lately.
 *
 * @param agent the agent
 * @param calendar the last 30 days, today first, each by what happened on it
 * @param figures the sum over the sessions it began in those days
 * @param recentSessions its latest sessions, at most 10
 * @param recentErrors its latest failed events, at most 10
 */
public record AgentProfile(
        AgentView agent,
        List<DayActivity> calendar,
        FiguresView figures,
        List<SessionView> recentSessions,
        List<AuditEntry.Fact> recentErrors) {}
