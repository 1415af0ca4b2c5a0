/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.NameTable;
import dev.muster.streams.model.SessionFigures;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions are wanted at a moment: those that fit a filter and whose agent is not deleted.
 *
 * @param now the clock, epoch milliseconds
 */
record SessionWish(SessionFilter filter, AgentControls controls, long now) {

    /** What was commanded of a session's agent. */
    AgentControl agent(SessionFigures session) {
        return controls.of(session.account(), session.agentId());
    }

    /** The earliest last activity that is wanted, epoch milliseconds. */
    long since() {
        return filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    }

    boolean fits(SessionFigures session) {
        AgentControl agent = agent(session);
        return !agent.isDeleted()
                && session.last() >= since()
                && filter.agentId().map(session.agentId()::equals).orElse(true)
                && filter.status()
                        .map(status -> status == Views.status(session, agent, now))
                        .orElse(true)
                && filter.model()
                        .map(name -> has(session.figures().models(), name))
                        .orElse(true)
                && filter.tool()
                        .map(name -> has(session.figures().tools(), name))
                        .orElse(true)
                && filter.text().map(text -> isIn(session.title(), text)).orElse(true);
    }

    private static boolean has(List<NameTable.Row> rows, String name) {
        return rows.stream().anyMatch(row -> row.name().equals(name));
    }

    /** Whether a text stands in another, upper and lower case being the same; in none it does not. */
    static boolean isIn(@Nullable String whole, String text) {
        return whole != null && whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
