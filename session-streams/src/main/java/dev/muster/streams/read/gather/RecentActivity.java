/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.AuditFilter;
import dev.muster.streams.read.EntryOutcome;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What an agent did last: its sessions by their list, its errors by those of its sessions that have any, and outside of
 * sessions by the audit log, as far back as that looks for one page.
 */
record RecentActivity(SessionSearch sessions, AuditReads audit) {

    private static final int MAX = 10;
    /** So many of the latest sessions are looked at for errors. */
    private static final int SESSIONS = 200;

    private static final Comparator<AuditEntry.Fact> NEWEST_FIRST =
            Comparator.comparing(AuditEntry.Fact::at).reversed();

    /** An agent's latest sessions, at most 10. */
    List<SessionView> sessions(String account, String agentId) {
        return latest(account, agentId, MAX);
    }

    private List<SessionView> latest(String account, String agentId, int limit) {
        SessionFilter filter = new SessionFilter(
                Optional.empty(),
                Optional.of(agentId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return sessions.page(account, filter, SessionSort.LAST_ACTIVITY, limit, Optional.empty())
                .items();
    }

    /** Its latest failed events, at most 10. */
    List<AuditEntry.Fact> errors(String account, String agentId) {
        List<AuditEntry.Fact> found = new ArrayList<>();
        failed(account, Optional.of(agentId), Optional.empty()).stream()
                .filter(fact -> fact.event().event().getSessionId() == null)
                .forEach(found::add);
        for (SessionView session : latest(account, agentId, SESSIONS)) {
            found.sort(NEWEST_FIRST);
            if (found.size() >= MAX
                    && session.lastEventAt().isBefore(found.get(MAX - 1).at())) {
                break;
            }
            if (session.figures().errors() > 0) {
                found.addAll(failed(account, Optional.empty(), Optional.of(session.id())));
            }
        }
        found.sort(NEWEST_FIRST);
        return found.subList(0, Math.min(MAX, found.size()));
    }

    private List<AuditEntry.Fact> failed(String account, Optional<String> agentId, Optional<String> sessionId) {
        AuditFilter filter = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                agentId,
                sessionId,
                Optional.empty(),
                Optional.of(EntryOutcome.FAILED),
                Optional.empty(),
                Optional.empty());
        return audit.page(account, filter, MAX, Optional.empty()).items().stream()
                .filter(AuditEntry.Fact.class::isInstance)
                .map(AuditEntry.Fact.class::cast)
                .toList();
    }
}
