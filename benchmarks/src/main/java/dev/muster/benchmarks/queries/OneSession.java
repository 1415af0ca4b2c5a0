/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import static dev.muster.benchmarks.queries.Asked.ACCOUNT;
import static dev.muster.benchmarks.queries.Asked.PAGE;

import dev.muster.benchmarks.data.SessionPlan;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.TraceView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The questions for a single session, and for the first pages of its traces and events.
 *
 * @param name how it is called in the report
 */
record OneSession(String name, SessionPlan plan, SessionReader reader) {

    private static final ListOf<TraceView> TRACES =
            new ListOf<>(TraceView::id, trace -> -trace.startedAt().toEpochMilli(), TraceView::endedAt);

    private static final ListOf<EventView> EVENTS =
            new ListOf<>(event -> event.event().getId(), event -> -at(event).toEpochMilli(), OneSession::at);

    private static Instant at(EventView event) {
        return Instant.ofEpochMilli(event.event().getTimestamp());
    }

    List<Question<?>> questions() {
        String id = plan.id();
        return List.of(
                new Question<>(name, () -> reader.session(ACCOUNT, id), this::check),
                new Question<>(
                        name + ", its traces",
                        () -> page(reader.traces(ACCOUNT, id, PAGE, Optional.empty())),
                        ListCheck.whole(TRACES, PAGE, plan::turns, trace -> true)),
                new Question<>(
                        name + ", its events",
                        () -> page(reader.events(ACCOUNT, id, PAGE, Optional.empty())),
                        ListCheck.whole(EVENTS, PAGE, plan::events, this::isOfIt)));
    }

    private static <V> Page<V> page(Optional<Page<V>> answer) {
        return answer.orElseThrow(() -> new WrongAnswerException("there is no such session"));
    }

    private boolean isOfIt(EventView event) {
        return plan.id().equals(event.event().getSessionId());
    }

    private int check(Optional<SessionView> answer, Moment asked) {
        SessionView session = answer.orElseThrow(() -> new WrongAnswerException("there is no such session"));
        long events = session.figures().events();
        WrongAnswerException.unless(session.id().equals(plan.id()), () -> "another session: " + session);
        WrongAnswerException.unless(
                asked.isAtRest() ? events == plan.events() : events >= plan.events(),
                () -> events + " events, where there are " + plan.events());
        return 1;
    }
}
