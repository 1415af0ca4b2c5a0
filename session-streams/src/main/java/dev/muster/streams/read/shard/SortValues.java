/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.read.SessionSort;

/** The values that lists of sessions and of day groups are ordered by: by money in pico-dollars, by time in milliseconds. */
final class SortValues {

    private SortValues() {}

    /** What a session is ordered by. */
    static long of(SessionSummary session, SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> session.last();
            case START -> session.first();
            case COST -> session.picoUsd();
            case TOKENS -> session.tokens();
            case DURATION -> session.last() - session.first();
            case ERRORS -> session.errors();
            case P95 -> session.p95();
        };
    }
}
