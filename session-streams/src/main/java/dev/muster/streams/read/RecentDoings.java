/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.Outcome;
import java.util.List;
import java.util.Optional;

/** What an agent did last, by the list of sessions and the audit log: as far back as these look for one page. */
record RecentDoings(SessionSearch sessions, AuditReads audit) implements AgentReads.Recent {

    private static final int MOST = 10;

    @Override
    public List<SessionView> sessions(String account, String agentId) {
        SessionFilter filter = new SessionFilter(
                Optional.empty(),
                Optional.of(agentId),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return sessions.page(account, filter, SessionSort.LAST_ACTIVITY, MOST, Optional.empty())
                .items();
    }

    @Override
    public List<AuditEntry.Fact> errors(String account, String agentId) {
        AuditFilter filter = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(agentId),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Outcome.FAILED),
                Optional.empty(),
                Optional.empty());
        return audit.page(account, filter, MOST, Optional.empty()).items().stream()
                .filter(AuditEntry.Fact.class::isInstance)
                .map(AuditEntry.Fact.class::cast)
                .toList();
    }
}
