/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.Collection;
import java.util.Map;

/**
 * What one instance says of an account, from the partitions that it hosts: rows in their list's order, never views. Queries are
 * data, with the clock of who asks in them, so that all shards go by one time; each has a limit or a budget, and a {@link Slice}
 * says how far it looked. What belongs to a deleted agent is left out unless it is asked for.
 *
 * <p>Every method throws {@link dev.muster.streams.read.NotReadyException} while the stores cannot be read.
 */
public interface AccountShard {

    /** The sessions that fit, in the query's order. */
    Slice<SessionHit> sessions(SessionQuery query);

    /** The traces of all sessions that fit, the latest begun first. */
    Slice<TraceHit> traces(TraceQuery query);

    /** The trace of an id, of each session that has one: at most one row, that of the session that was active last. */
    Slice<TraceHit> tracesById(TraceIdQuery query);

    /** The entries of the audit log that fit, the newest first. */
    Slice<AuditHit> audit(AuditQuery query);

    /** The sessions of a day group, the latest begun first. */
    Slice<SessionHit> daySessions(DaySessionsQuery query);

    /** The day groups of the sessions that fit, and what they are ordered by. */
    GroupSums groups(GroupQuery query);

    /** Some of the agents' days, all read at one moment. */
    AgentDays days(DayQuery query);

    /** The sums over the sessions that fit and began on some agents' days. */
    AgentDays daysOfSessions(SessionDaysQuery query);

    /** What was used and spent. */
    SpendSums spend(SpendQuery query);

    /** What is known of agents, and when they were seen. */
    AgentHits agents(AgentQuery query);

    /** The sessions of some ids, those that are there and hosted here, by id. */
    Map<String, SessionHit> sessionsById(String account, Collection<String> sessionIds);
}
