/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.StatusRule;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are wanted at a moment: those that fit a filter and whose agent is not deleted.
 *
 * @param now the clock, epoch milliseconds
 */
record SessionMatcher(SessionFilter filter, AgentControls controls, long now) {

    /** What was commanded of a session's agent. */
    AgentControl agent(SessionAggregate session) {
        return controls.of(session.account(), session.agentId());
    }

    /** The earliest last activity that a session which fits can have, epoch milliseconds. */
    long since() {
        long asked = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        return filter.status()
                .map(status -> Math.max(asked, StatusRule.earliest(status, now)))
                .orElse(asked);
    }

    boolean fits(SessionAggregate session) {
        AgentControl agent = agent(session);
        return !agent.isDeleted()
                && session.last() >= since()
                && filter.agentId().map(session.agentId()::equals).orElse(true)
                && filter.status()
                        .map(status -> status == StatusRule.of(session, agent, now))
                        .orElse(true)
                && filter.model().map(session.figures().modelNames()::contains).orElse(true)
                && filter.tool().map(name -> called(session, name)).orElse(true)
                && filter.text().map(text -> contains(session.title(), text)).orElse(true);
    }

    private static boolean called(SessionAggregate session, String tool) {
        return session.figures().tools().stream().anyMatch(row -> row.name().equals(tool));
    }

    /** Whether a text stands in another, upper and lower case being the same; in none it does not. */
    static boolean contains(@Nullable String whole, String text) {
        return whole != null && whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
