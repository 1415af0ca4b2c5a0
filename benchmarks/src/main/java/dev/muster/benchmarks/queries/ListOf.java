/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.FiguresView;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What rows of a list are, to a check.
 *
 * @param id tells rows apart
 * @param value what they are ordered by, the most first
 * @param lastActivity when something happened last that may change a row
 */
record ListOf<V>(Function<V, Object> id, ToDoubleFunction<V> value, Function<V, Instant> lastActivity) {

    /** Sessions in an order. */
    static ListOf<SessionView> sessions(SessionSort sort) {
        return new ListOf<>(
                SessionView::id,
                session -> value(sort, session.startedAt(), session.lastEventAt(), span(session), session.figures()),
                SessionView::lastEventAt);
    }

    private static Duration span(SessionView session) {
        return Duration.between(session.startedAt(), session.lastEventAt());
    }

    /** Day groups in an order. */
    static ListOf<DayGroupView> dayGroups(SessionSort sort) {
        return new ListOf<>(
                group -> group.day() + "/" + group.agentId(),
                group -> value(sort, group.startedAt(), group.lastEventAt(), group.duration(), group.figures()),
                DayGroupView::lastEventAt);
    }

    private static double value(SessionSort sort, Instant start, Instant last, Duration duration, FiguresView figures) {
        return switch (sort) {
            case LAST_ACTIVITY -> last.toEpochMilli();
            case START -> start.toEpochMilli();
            case COST -> figures.costUsd().orElse(0);
            case TOKENS -> figures.tokens().total();
            case DURATION -> duration.toMillis();
            case ERRORS -> figures.errors();
            case P95 -> figures.latencyAll().p95Ms().orElse(-1);
        };
    }
}
