/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.Status;
import dev.muster.streams.read.StatusRule;
import dev.muster.streams.read.ToolView;
import java.util.Locale;
import java.util.Optional;

/** Which sessions are wanted: what the readers are asked for, and what of a fleet that is. */
record WantedSessions(SessionFilter filter) {

    static final WantedSessions ALL = new WantedSessions(SessionFilter.ALL);

    WantedSessions agent(String id) {
        return new WantedSessions(new SessionFilter(
                filter.since(), Optional.of(id), filter.status(), filter.model(), filter.tool(), filter.text()));
    }

    WantedSessions status(Status status) {
        return new WantedSessions(new SessionFilter(
                filter.since(), filter.agentId(), Optional.of(status), filter.model(), filter.tool(), filter.text()));
    }

    WantedSessions model(String model) {
        return new WantedSessions(new SessionFilter(
                filter.since(), filter.agentId(), filter.status(), Optional.of(model), filter.tool(), filter.text()));
    }

    WantedSessions tool(String tool) {
        return new WantedSessions(new SessionFilter(
                filter.since(), filter.agentId(), filter.status(), filter.model(), Optional.of(tool), filter.text()));
    }

    WantedSessions text(String text) {
        return new WantedSessions(new SessionFilter(
                filter.since(), filter.agentId(), filter.status(), filter.model(), filter.tool(), Optional.of(text)));
    }

    /** Whether a session is wanted as it was made, at a time in epoch milliseconds. */
    boolean fits(SessionPlan plan, long now) {
        return is(filter.agentId(), plan.agentId())
                && is(filter.status(), StatusRule.of(false, plan.hasFailed(), plan.last(), 0, now))
                && filter.model().map(plan.models()::contains).orElse(true)
                && filter.tool().map(plan.tools()::contains).orElse(true)
                && filter.text().map(text -> contains(plan.title(), text)).orElse(true);
    }

    /** Whether a session is wanted as it is shown. */
    boolean fits(SessionView session) {
        return is(filter.agentId(), session.agentId())
                && is(filter.status(), session.status())
                && filter.model().map(session.figures().models()::contains).orElse(true)
                && filter.tool().map(tool -> called(session, tool)).orElse(true)
                && filter.text()
                        .map(text -> contains(session.title().orElse(""), text))
                        .orElse(true);
    }

    private static boolean called(SessionView session, String tool) {
        return session.figures().tools().stream().map(ToolView::name).anyMatch(tool::equals);
    }

    private static <T> boolean is(Optional<T> wanted, T value) {
        return wanted.map(value::equals).orElse(true);
    }

    /** Whether a text stands in another, upper and lower case being the same. */
    static boolean contains(String whole, String text) {
        return whole.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
