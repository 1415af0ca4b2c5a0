/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent's day, as far as the sessions of one partition go: the sum over the sessions that it began on that day (the day
 * group), and what happened on the day whenever it began. Sums change by difference; the group's bounds do not, and are found
 * anew when the session that reached furthest leaves.
 */
public final class AgentDay {

    private long sessions;
    private long errored;
    private long errors;
    private long traces;
    private long durationMs;
    private long activeMs;
    private long start = Long.MAX_VALUE;
    private @Nullable Latest latest;
    private Figures group = new Figures();
    private long activeSessions;
    private long turnErrors;
    private DayFigures activity = new DayFigures();

    /**
     * The session of a group with the latest event.
     *
     * @param lastActivity the event's time, epoch milliseconds
     * @param sessionId the session's id
     */
    public record Latest(long lastActivity, String sessionId) {

        boolean isBefore(Latest other) {
            return lastActivity != other.lastActivity
                    ? lastActivity < other.lastActivity
                    : sessionId.compareTo(other.sessionId) < 0;
        }
    }

    /** Takes a session's share of a day in. */
    public void add(DayContribution contribution, long day) {
        change(contribution, day, 1);
        if (contribution.isSession() && contribution.startDay() == day) {
            reach(contribution);
        }
    }

    /**
     * Takes a session's share of a day out.
     *
     * @return whether it may have been the session that the group's bounds come from: they are then to be forgotten and found
     *     anew over the sessions that are left
     */
    public boolean subtract(DayContribution contribution, long day) {
        change(contribution, day, -1);
        return contribution.isSession()
                && contribution.startDay() == day
                && (contribution.session().first() == start || isLatest(contribution));
    }

    /** Whether a session of the group is the one with the latest event. */
    public boolean isLatest(DayContribution contribution) {
        return latestOf(contribution).equals(latest);
    }

    /** Forgets which session has the latest event. */
    public void forgetLatest() {
        latest = null;
    }

    /** Sets when the group's earliest session begins, epoch milliseconds. */
    public void startAt(long earliest) {
        start = earliest;
    }

    /** Forgets the group's bounds. */
    public void forgetBounds() {
        start = Long.MAX_VALUE;
        latest = null;
    }

    /** Takes a session of the group into its bounds. */
    public void reach(DayContribution contribution) {
        reach(contribution.session().first(), latestOf(contribution));
    }

    private static Latest latestOf(DayContribution contribution) {
        return new Latest(contribution.session().last(), contribution.sessionId());
    }

    private void reach(long otherStart, @Nullable Latest other) {
        start = Math.min(start, otherStart);
        if (other != null && (latest == null || latest.isBefore(other))) {
            latest = other;
        }
    }

    private void change(DayContribution contribution, long day, int sign) {
        SessionAggregate session = contribution.session();
        if (contribution.startDay() == day) {
            turnErrors += sign * session.turnErrors();
            if (contribution.isSession()) {
                changeGroup(session, contribution.withEditor(), sign);
            }
        }
        DayFigures part = contribution.days().get(day);
        if (part != null) {
            activity.addResolved(part, contribution.withEditor(), sign);
            activeSessions += part.events() > 0 && contribution.isSession() ? sign : 0;
        }
    }

    private void changeGroup(SessionAggregate session, boolean withEditor, int sign) {
        sessions += sign;
        errored += session.unacknowledged() > 0 ? sign : 0;
        errors += sign * session.errors();
        traces += sign * session.traces();
        durationMs += sign * (session.last() - session.first());
        activeMs += sign * session.activeMs();
        group.addResolved(session.figures(), withEditor, sign);
    }

    /** Takes in what the same day has in another partition. */
    public void add(AgentDay other) {
        sessions += other.sessions;
        errored += other.errored;
        errors += other.errors;
        traces += other.traces;
        durationMs += other.durationMs;
        activeMs += other.activeMs;
        reach(other.start, other.latest);
        group.addResolved(other.group, false, 1);
        activeSessions += other.activeSessions;
        turnErrors += other.turnErrors;
        activity.addResolved(other.activity, false, 1);
    }

    /** Whether no session has a part in it. */
    public boolean isEmpty() {
        return sessions == 0 && activity.events() == 0;
    }

    /** The group's sessions. */
    public long sessions() {
        return sessions;
    }

    /** The group's sessions with a failure that is not acknowledged. */
    public long errored() {
        return errored;
    }

    /** The group's errors: failed facts, and failed turns that no failed request explains. */
    public long errors() {
        return errors;
    }

    /** The traces of the group's sessions. */
    public long traces() {
        return traces;
    }

    /** The sum of the sessions' durations, milliseconds. */
    public long durationMs() {
        return durationMs;
    }

    /** The sum of the sessions' active times, milliseconds. */
    public long activeMs() {
        return activeMs;
    }

    /** The earliest session's first event, epoch milliseconds; meaningless while the group has no session. */
    public long start() {
        return start;
    }

    /** The session with the latest event; null while the group has none. */
    public @Nullable Latest latest() {
        return latest;
    }

    /** The sum of the sessions' figures, an editor's usage among the rest; no open calls. */
    public Figures group() {
        return group;
    }

    /** Sessions with an event on the day. */
    public long activeSessions() {
        return activeSessions;
    }

    /** Errors on the day: failed facts, and the unexplained failed turns of the sessions that began on it. */
    public long activityErrors() {
        return activity.failedFacts() + turnErrors;
    }

    /** What happened on the day. */
    public DayFigures activity() {
        return activity;
    }

    /** The day's spend by model. */
    public List<ModelTable.Share> spend() {
        return activity.models();
    }

    /** The value of its row. */
    public byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.AGENT_DAY);
        out.number(sessions);
        out.number(errored);
        out.number(errors);
        out.number(traces);
        out.number(durationMs);
        out.number(activeMs);
        out.number(start);
        Latest reached = latest;
        out.branch(reached != null);
        if (reached != null) {
            out.number(reached.lastActivity);
            out.text(reached.sessionId);
        }
        group.write(out);
        out.number(activeSessions);
        out.number(turnErrors);
        activity.write(out);
        return out.end();
    }

    /** Reads a row's value. */
    public static AgentDay read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.AGENT_DAY, value);
        AgentDay day = new AgentDay();
        day.sessions = in.number();
        day.errored = in.number();
        day.errors = in.number();
        day.traces = in.number();
        day.durationMs = in.number();
        day.activeMs = in.number();
        day.start = in.number();
        day.latest = in.present() ? new Latest(in.number(), in.text()) : null;
        day.group = Figures.read(in);
        day.activeSessions = in.number();
        day.turnErrors = in.number();
        day.activity = DayFigures.read(in);
        return day;
    }
}
