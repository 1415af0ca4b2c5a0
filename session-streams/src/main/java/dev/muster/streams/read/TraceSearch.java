/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.TraceFigures;
import dev.muster.streams.read.SessionWalk.Place;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds traces in all of an account's sessions. There is no list of traces: a page opens the sessions that were active after
 * its last trace began, some 50 µs each, so the latest traces are cheap and those of last week cost by what happened
 * since. The trace of an id is looked for in each session, from the latest on.
 */
final class TraceSearch {

    private final Partitions partitions;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int mostLookedAt;

    /**
     * Searches some partitions.
     *
     * @param mostLookedAt so many traces are looked at for a page
     */
    TraceSearch(Partitions partitions, AgentControls controls, InstantSource clock, int mostLookedAt) {
        this.partitions = partitions;
        this.controls = controls;
        this.clock = clock;
        this.mostLookedAt = mostLookedAt;
    }

    Page<SessionTraceView> page(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        long now = clock.millis();
        long since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        TracePlace decided = TracePlace.of(cursor);
        List<SessionTraceView> found = new ArrayList<>();
        int looked = 0;
        try (TraceWalk walk = new TraceWalk(walk(account), session -> matters(session, filter), decided)) {
            Optional<TraceWalk.Found> next = walk.next();
            while (next.isPresent() && next.get().trace().start() >= since) {
                SessionFigures session = next.get().session();
                TraceFigures trace = next.get().trace();
                boolean fits =
                        filter.text().map(text -> tells(trace, session, text)).orElse(true);
                if (looked++ == mostLookedAt || (found.size() == limit && fits)) {
                    return new Page<>(found, Optional.of(decided.encoded()));
                }
                if (fits) {
                    found.add(view(session, trace, now));
                }
                decided = TracePlace.of(session, trace);
                next = walk.next();
            }
        }
        return new Page<>(found, Optional.empty());
    }

    private SessionWalk walk(String account) {
        return new SessionWalk(partitions, account, Long.MAX_VALUE);
    }

    private boolean matters(SessionFigures session, TraceFilter filter) {
        return !agent(session).isDeleted()
                && filter.agentId().map(session.agentId()::equals).orElse(true);
    }

    private boolean tells(TraceFigures trace, SessionFigures session, String text) {
        return SessionWish.isIn(trace.prompt(), text)
                || SessionWish.isIn(trace.id(), text)
                || SessionWish.isIn(Views.name(session, agent(session)), text);
    }

    private SessionTraceView view(SessionFigures session, TraceFigures trace, long now) {
        return new SessionTraceView(
                session.id(), session.agentId(), Views.name(session, agent(session)), Views.trace(trace, session, now));
    }

    private AgentControl agent(SessionFigures session) {
        return controls.of(session.account(), session.agentId());
    }

    Optional<SessionTraceView> trace(String account, String traceId) {
        try (SessionWalk walk = walk(account)) {
            for (Optional<Place> place = walk.next(); place.isPresent(); place = walk.next()) {
                Optional<SessionTraceView> found = walk.snapshot(place.get())
                        .filter(session -> !agent(session.figures()).isDeleted())
                        .flatMap(session -> session.traces()
                                .find(traceId)
                                .map(trace -> view(session.figures(), trace, clock.millis())));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
