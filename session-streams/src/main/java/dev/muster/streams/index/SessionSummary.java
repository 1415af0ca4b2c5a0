/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.FactMarks;
import org.jspecify.annotations.Nullable;

/**
 * What lists need of a session: what they are ordered by, filtered by and grouped by. Some are views that are valid only while
 * they are looked at; none is kept.
 */
public interface SessionSummary {

    /** The start day of a session that has given nothing to its agent's days: a row of before there were days. */
    long NO_DAY = Long.MIN_VALUE;

    /** Hears what a session used and spent. */
    interface SpendConsumer {

        /**
         * Usage of a model on a day.
         *
         * @param day the epoch day
         * @param model the model as its source names it
         * @param usage valid during the call
         */
        void accept(long day, String model, Usage usage);
    }

    /** The session's id. */
    String id();

    /** The agent that it belongs to. */
    String agentId();

    /** The number that the session's index has for the agent; -1 where a row tells of the session. */
    int agentNumber();

    /** Whether it is not a session but what an agent did outside of any. */
    boolean isOfAgent();

    /** Its first event's time, epoch milliseconds. */
    long first();

    /** Its last event's time, epoch milliseconds. */
    long last();

    /** Its priced tokens' cost in 1e-12 USD. */
    long picoUsd();

    /** Its tokens of all kinds. */
    long tokens();

    /** Its errors. */
    long errors();

    /** The 95th percentile of all its durations, milliseconds; -1 where there is none. */
    long p95();

    /** How many traces it has. */
    long traces();

    /** No trace of it began later, epoch milliseconds. */
    long latestTraceStart();

    /** Until when a task in the background keeps it active, epoch milliseconds; 0 where none runs. */
    long activeUntil();

    /** Its value of a dimension; null where it has none. */
    @Nullable
    String at(Dimension dimension);

    /** Whether it has this value of a dimension. */
    boolean isAt(Dimension dimension, String value);

    /** Whether it has a failure that is not acknowledged. */
    boolean isErrored();

    /** The epoch day that it began on; {@link #NO_DAY} if it has given nothing to that day. */
    long startDay();

    /** Whether it asked a model of a name. */
    boolean hasModel(String name);

    /** Whether it called a tool of a name. */
    boolean hasTool(String name);

    /** Whether it may have facts with all these marks; no is certain. */
    boolean mayHave(FactMarks wanted);

    /** Whether a text stands in its title. */
    boolean titleContains(SearchText text);

    /** Less than 0, 0 or more than 0 as its id sorts before, as or behind another. */
    int compareIdTo(String other);

    /** Tells what it used and spent, by day and model. */
    void eachSpend(SpendConsumer consumer);
}
