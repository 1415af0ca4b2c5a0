/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.AggregateSummary;
import dev.muster.streams.index.SearchText;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.StatusRule;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Which of an account's sessions are wanted at a moment: those that fit a filter and whose agent is not deleted. */
final class SessionMatcher {

    private final SessionFilter filter;
    private final Optional<SearchText> text;
    private final Map<String, AgentControl> controls;
    /** Most accounts have none, and an agent's name is far away in memory. */
    private final boolean hasControls;

    private final long now;
    private final long since;

    /**
     * Prepares to match.
     *
     * @param now the clock, epoch milliseconds
     */
    SessionMatcher(String account, SessionFilter filter, AgentControls controls, long now) {
        this.filter = filter;
        this.controls = controls.of(account);
        hasControls = !this.controls.isEmpty();
        this.now = now;
        text = filter.text().map(SearchText::new);
        since = since(filter, now);
    }

    private static long since(SessionFilter filter, long now) {
        long asked = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        return filter.status()
                .map(status -> Math.max(asked, StatusRule.earliest(status, now)))
                .orElse(asked);
    }

    /** The earliest last activity that a session which fits can have, epoch milliseconds. */
    long since() {
        return since;
    }

    boolean fits(SessionAggregate session) {
        return fits(new AggregateSummary(session));
    }

    /** The cheap questions come first: most sessions are looked at for one or two of them. */
    boolean fits(SessionSummary session) {
        return session.last() >= since && fitsAgent(session) && filter.at().fit(session) && fitsNames(session);
    }

    private boolean fitsAgent(SessionSummary session) {
        Optional<String> wanted = filter.agentId();
        if (wanted.isPresent() && !wanted.get().equals(session.agentId())) {
            return false;
        }
        AgentControl agent =
                hasControls ? controls.getOrDefault(session.agentId(), AgentControl.NONE) : AgentControl.NONE;
        if (agent.isDeleted()) {
            return false;
        }
        Optional<Status> status = filter.status();
        return status.isEmpty()
                || status.get()
                        == StatusRule.of(
                                agent.isPaused(), session.isErrored(), session.last(), session.activeUntil(), now);
    }

    private boolean fitsNames(SessionSummary session) {
        return (filter.model().isEmpty() || session.hasModel(filter.model().get()))
                && (filter.tool().isEmpty() || session.hasTool(filter.tool().get()))
                && (text.isEmpty() || session.titleContains(text.get()));
    }
}
