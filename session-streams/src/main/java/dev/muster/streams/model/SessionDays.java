/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What happened on each of a session's days. Nearly all sessions have one: it is the session's figures, and nothing is counted
 * twice for it. From the second day on each has its own, the latest {@value #MAX} at most.
 */
final class SessionDays {

    /** A session's days lie together in its row; retention's default is 30. */
    private static final int MAX = 40;

    private static final long NONE = Long.MIN_VALUE;

    /** The day that all facts were on so far; none before the first fact. */
    private long only = NONE;
    /** Null while there is one day. */
    private @Nullable NavigableMap<Long, DayFigures> byDay;

    /** What was counted before there were days was on this one: a row that an older version wrote. */
    void begin(long day) {
        if (only == NONE && byDay == null) {
            only = day;
        }
    }

    /** Takes a fact in or out, before the session's figures do. */
    void count(long day, Fact fact, Cost cost, int sign, Figures session) {
        DayFigures figures = at(day, session);
        if (figures != null) {
            figures.count(fact, cost, sign);
        }
    }

    /** Takes an editor's usage in or out, before the session's figures do. */
    void addEditorSpend(long day, @Nullable String model, TokenCounts tokens, Cost cost, int sign, Figures session) {
        DayFigures figures = at(day, session);
        if (figures != null) {
            figures.addEditorSpend(model, tokens, cost, sign);
        }
    }

    /** The figures of a day to be changed; null when they are the session's, or the day lies too far back to be told. */
    private @Nullable DayFigures at(long day, Figures session) {
        begin(day);
        NavigableMap<Long, DayFigures> days = byDay;
        if (days == null) {
            if (day == only) {
                return null;
            }
            days = new TreeMap<>();
            days.put(only, DayFigures.of(session));
            byDay = days;
        }
        DayFigures known = days.get(day);
        if (known != null || (days.size() == MAX && day < days.firstKey())) {
            return known;
        }
        DayFigures begun = DayFigures.ofSession();
        days.put(day, begun);
        if (days.size() > MAX) {
            days.pollFirstEntry();
        }
        return begun;
    }

    /** Forgets the days before one, which retention has reached; a session's only day it cannot reach. */
    void forgetBefore(long day) {
        if (byDay != null) {
            byDay.headMap(day, false).clear();
        }
    }

    /** Whether all that the session's figures hold is of one day. */
    boolean isOneDay() {
        return byDay == null && only != NONE;
    }

    /** That day, as an epoch day. */
    long onlyDay() {
        return only;
    }

    /** What happened on each day that has a fact. */
    NavigableMap<Long, DayFigures> all(Figures session) {
        NavigableMap<Long, DayFigures> days = new TreeMap<>();
        if (byDay != null) {
            days.putAll(byDay);
        } else if (only != NONE) {
            days.put(only, DayFigures.of(session));
        }
        days.values().removeIf(day -> day.events() == 0);
        return days;
    }

    void write(StateOutput out) {
        out.number(only);
        out.branch(byDay != null);
        if (byDay != null) {
            out.array(byDay.size());
            byDay.forEach((day, figures) -> {
                out.item();
                out.number(day);
                figures.write(out);
            });
            out.arrayEnd();
        }
    }

    static SessionDays read(StateInput in) {
        SessionDays days = new SessionDays();
        days.only = in.number();
        if (in.present()) {
            NavigableMap<Long, DayFigures> byDay = new TreeMap<>();
            in.array(() -> byDay.put(in.number(), DayFigures.readOfSession(in)));
            days.byDay = byDay;
        }
        return days;
    }
}
