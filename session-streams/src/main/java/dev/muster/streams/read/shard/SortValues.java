/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.LatencySketch;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.SessionSort;

/** The values that lists of sessions and of day groups are ordered by: by money in pico-dollars, by time in milliseconds. */
public final class SortValues {

    private SortValues() {}

    /** What a session is ordered by. */
    public static long of(SessionAggregate session, SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> session.last();
            case START -> session.first();
            case COST -> session.spend().picoUsd();
            case TOKENS -> session.spend().tokens().total();
            case DURATION -> session.last() - session.first();
            case ERRORS -> session.errors();
            case P95 -> p95(session.figures().latencyAll());
        };
    }

    /** What a day group with a latest session is ordered by. */
    public static long of(AgentDay day, AgentDay.Latest latest, SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> latest.lastActivity();
            case START -> day.start();
            case COST -> day.group().spend(false).picoUsd();
            case TOKENS -> day.group().spend(false).tokens().total();
            case DURATION -> day.durationMs();
            case ERRORS -> day.errors();
            case P95 -> p95(day.group().latencyAll());
        };
    }

    /** The 95th percentile; less than any where there is none. */
    private static long p95(LatencySketch durations) {
        return durations.count() == 0 ? -1 : durations.percentile(95);
    }
}
