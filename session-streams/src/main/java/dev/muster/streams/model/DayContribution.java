/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.RecordKey;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a session gives to its agent's days: all of itself to the day that it began on, and to each day what happened on it. A
 * view of figures that must not change while it is used.
 */
public final class DayContribution {

    private final SessionAggregate session;
    private final boolean isSession;
    private final boolean withEditor;
    private final NavigableMap<Long, DayFigures> days;

    private DayContribution(SessionAggregate session) {
        this.session = session;
        isSession = !RecordKey.ofSession(session.account(), session.id()).isOfAgent();
        withEditor = session.countsEditor();
        days = session.days();
    }

    /** The share of a session as its figures stand. */
    public static DayContribution of(SessionAggregate session) {
        return new DayContribution(session);
    }

    /** The session's account. */
    public String account() {
        return session.account();
    }

    /** The agent that the session belongs to. */
    public String agentId() {
        return session.agentId();
    }

    /** The session's id. */
    public String sessionId() {
        return session.id();
    }

    /** The session's own figures. */
    public SessionAggregate session() {
        return session;
    }

    /** The day that the session began on, as an epoch day. */
    public long startDay() {
        return session.startDay();
    }

    /** Whether it is a session, and not what an agent did outside of any: that is in no day group. */
    public boolean isSession() {
        return isSession;
    }

    /** The days that it has a part in, and what happened on each. */
    Map<Long, DayFigures> days() {
        return days;
    }

    /** Every day that it has a part in, as epoch days. */
    public Iterable<Long> touchedDays() {
        if (days.containsKey(startDay())) {
            return days.keySet();
        }
        NavigableMap<Long, DayFigures> with = new TreeMap<>(days);
        with.put(startDay(), new DayFigures());
        return with.keySet();
    }

    /** Whether the session gives the same to a day as in another share of it; that it began on the day says no. */
    public boolean isSameOn(long day, DayContribution other) {
        DayFigures part = days.get(day);
        DayFigures otherPart = other.days.get(day);
        return part != null
                && otherPart != null
                && day != startDay()
                && day != other.startDay()
                && withEditor == other.withEditor
                && agentId().equals(other.agentId())
                && part.isSameAs(otherPart);
    }

    /** Whether an editor's repeated usage counts: where telemetry and transcripts tell of no request. */
    boolean withEditor() {
        return withEditor;
    }
}
