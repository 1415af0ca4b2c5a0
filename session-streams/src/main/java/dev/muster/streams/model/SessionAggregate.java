/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.LabelRank;
import dev.muster.streams.price.Cost;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A session's figures: all that is known of it as a whole. */
public final class SessionAggregate {

    private static final int MAX_TITLE = 80;
    private static final long NO_DAY = Long.MIN_VALUE;

    private final String account;
    private final String id;
    private AgentLabel agent = AgentLabel.NONE;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private Failures failures = new Failures();
    private long askedAt = Long.MIN_VALUE;
    private long answeredAt = Long.MIN_VALUE;
    private @Nullable PositionedText framework;
    private FactMarks marks = new FactMarks();
    private String owner = "";
    private Surroundings surroundings = new Surroundings();
    private long turnErrors;
    private long traces;
    private long latestTraceStart = Long.MIN_VALUE;
    private boolean truncated;
    private @Nullable PositionedText title;
    private @Nullable PositionedText firstPrompt;
    private Figures figures = new Figures();
    private Subagents subagents = new Subagents();
    private SessionDays days = new SessionDays();
    /** The day that it began on, as it was last written; none before. */
    private long startDay = NO_DAY;

    private long windows;
    private long activeMs;
    private long lastWindowStart;
    private long lastWindowEnd;
    /** The last activity that it is listed by; null while it is not listed. */
    private @Nullable Long listedAt;
    /** The number of the list's page that it is in; 0 while it is not listed. */
    private long listedPage;

    SessionAggregate(String account, String id) {
        this.account = account;
        this.id = id;
    }

    /**
     * Takes in that a copy of some fact was told: what only grows.
     *
     * @param begun when what it tells of began, epoch milliseconds
     * @param pricing knows how much models take
     */
    void touch(Fact copy, long begun, Pricing pricing) {
        first = Math.min(first, begun);
        last = Math.max(last, copy.time);
        agent = agent.orBetter(copy);
        if (owner.isEmpty()) {
            owner = copy.agentId;
        }
        marks.add(copy);
        surroundings.touch(copy, pricing);
        if (copy.title != null) {
            title = PositionedText.later(
                    title, new PositionedText(new FactPosition(copy.time, copy.id), shortened(copy.title)));
        }
        if (copy.subagent != null) {
            subagents.touch(copy.subagent, copy);
        }
        if (copy.asksFor != null) {
            askedAt = Math.max(askedAt, copy.time);
        } else if (copy.answers) {
            answeredAt = Math.max(answeredAt, copy.time);
        }
        if (copy.client != null
                && (framework == null || copy.time <= framework.place().time())) {
            framework = PositionedText.earlier(
                    framework, new PositionedText(new FactPosition(copy.time, copy.id), copy.client));
        }
    }

    /**
     * Whether a source that tells tokens has told of it. Hooks alone do not, so that nothing is known of what such a session has used.
     */
    public boolean isUsageKnown() {
        return !marks.isWithoutUsage() || spend().tokens().total() > 0;
    }

    /**
     * The agent whose it is as far as bound keys go: that of its first event in append order, the one thing here that goes by that.
     * Empty before any.
     */
    String owner() {
        return owner;
    }

    /** Where it works and how its conversation stands. */
    public Surroundings surroundings() {
        return surroundings;
    }

    Failures failures() {
        return failures;
    }

    SessionDays sessionDays() {
        return days;
    }

    void setStartDay(long day) {
        startDay = day;
    }

    void countSubagent(Fact fact, Cost cost, int sign) {
        if (fact.subagent != null) {
            subagents.count(fact.subagent, fact, cost, sign);
        }
    }

    void changeTurnErrors(long by) {
        turnErrors += by;
    }

    void changeTraces(int by) {
        traces += by;
    }

    /** A trace begins at a time, or will have begun earlier. */
    void noteTraceStart(long time) {
        latestTraceStart = Math.max(latestTraceStart, time);
    }

    void setFirstPrompt(@Nullable PositionedText moment) {
        firstPrompt = moment == null ? null : new PositionedText(moment.place(), shortened(moment.text()));
    }

    void setWindows(ActivityWindows activity) {
        windows = activity.count();
        activeMs = activity.activeMs();
        lastWindowStart = activity.lastStart();
        lastWindowEnd = activity.lastEnd();
    }

    void restoreWindow(ActivityWindows activity) {
        activity.restoreLast(lastWindowStart, lastWindowEnd);
    }

    void truncate() {
        truncated = true;
    }

    /** The account it belongs to. */
    public String account() {
        return account;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its agent's id: the best-ranked label's, then the earliest's. */
    public String agentId() {
        return agent.agentId();
    }

    /** Its agent's label. */
    public String label() {
        return agent.label();
    }

    /** When its first event began, epoch milliseconds. */
    public long first() {
        return first;
    }

    /** Its last event's time, epoch milliseconds. */
    public long last() {
        return last;
    }

    /** Failed facts, turns too, whose first failing record was appended after the acknowledgement that holds. */
    public long unacknowledged() {
        return failures.unacknowledged();
    }

    /** Up to which append time failures are acknowledged, epoch milliseconds; 0 when none are. */
    public long acknowledgedAt() {
        return failures.acknowledgedAt();
    }

    /**
     * Whether the agent has asked the user and had no answer: what asks is a permission request, an elicitation, or a
     * notification of one of them or of an idle prompt; a later prompt, tool call's end or end of the session answers.
     */
    public boolean isWaiting() {
        return askedAt > answeredAt;
    }

    /** Since when it waits for the user, if it does, epoch milliseconds. */
    public long askedAt() {
        return askedAt;
    }

    /** The program that the session's earliest event names, such as claude-code; null where none is named. */
    public @Nullable String framework() {
        PositionedText told = framework;
        return told == null ? null : told.text();
    }

    /** The time of the event that named the program, epoch milliseconds; the end of time without one. */
    public long frameworkTime() {
        PositionedText told = framework;
        return told == null ? Long.MAX_VALUE : told.place().time();
    }

    /** The rank of its agent's label, the best being the least. */
    public LabelRank labelRank() {
        return agent.rank();
    }

    /** The time of the event that told the label, epoch milliseconds. */
    public long labelTime() {
        return agent.time();
    }

    /** The day that it began on as it was last written, an epoch day. */
    public long startDay() {
        return startDay;
    }

    /** Whether it has given its share to its agent's days: since it was first written with one. */
    public boolean isShared() {
        return startDay != NO_DAY;
    }

    /** Whether an editor's repeated usage counts: where telemetry and transcripts tell of no request. */
    public boolean countsEditor() {
        return figures.telemetryRequests() == 0;
    }

    /** What it used and spent. */
    public Spend spend() {
        return figures.spend(countsEditor());
    }

    /** What happened on each of its days, by epoch day. */
    NavigableMap<Long, DayFigures> days() {
        return days.all(figures);
    }

    /** Tells what it used and spent, by epoch day and model. */
    public void eachSpend(BiConsumer<Long, ModelTable.Share> consumer) {
        boolean withEditor = countsEditor();
        if (days.isOneDay()) {
            figures.models(withEditor).forEach(share -> consumer.accept(days.onlyDay(), share));
        } else {
            days().forEach((day, part) ->
                    part.modelTable().shares(withEditor).forEach(share -> consumer.accept(day, share)));
        }
    }

    /** What facts it may have. */
    public FactMarks marks() {
        return marks;
    }

    /** Failed turns that no failed request of their trace explains. */
    long turnErrors() {
        return turnErrors;
    }

    /** How many activity windows it has. */
    public long windows() {
        return windows;
    }

    /** The activity windows' sum, milliseconds. */
    public long activeMs() {
        return activeMs;
    }

    /** How many traces it has. */
    public long traces() {
        return traces;
    }

    /** No trace of it began later, epoch milliseconds; the end of time where nobody has kept it. */
    public long latestTraceStart() {
        return latestTraceStart;
    }

    /** Whether rows of it went by retention. */
    public boolean truncated() {
        return truncated;
    }

    /** The session's title, else its first prompt, at most 80 characters; null without either. */
    public @Nullable String title() {
        PositionedText shown = title == null ? firstPrompt : title;
        return shown == null ? null : shown.text();
    }

    @Nullable
    PositionedText firstPrompt() {
        return firstPrompt;
    }

    /** Its figures. */
    public Figures figures() {
        return figures;
    }

    /** Its errors: failed facts, and in each trace the failed turns that no failed request explains. */
    public long errors() {
        return figures.failedFacts() + turnErrors;
    }

    /** Its subagents, by id. */
    public Collection<SubagentFigures> subagents() {
        return subagents.all();
    }

    /** The last activity that it is listed by, epoch milliseconds; null while it is not listed. */
    public @Nullable Long listedAt() {
        return listedAt;
    }

    /** The number of the list's page that it is in; 0 while it is not listed. */
    public long listedPage() {
        return listedPage;
    }

    void setListed(@Nullable Long time, long page) {
        listedAt = time;
        listedPage = page;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= MAX_TITLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_TITLE));
    }

    void write(StateOutput out) {
        out.text(account);
        out.text(id);
        agent.write(out);
        out.number(first);
        out.number(last);
        failures.write(out);
        out.number(askedAt);
        out.number(answeredAt);
        PositionedText.write(out, framework);
        out.number(startDay);
        out.number(turnErrors);
        out.number(traces);
        out.flag(truncated);
        PositionedText.write(out, title);
        PositionedText.write(out, firstPrompt);
        out.number(windows);
        out.number(activeMs);
        out.number(lastWindowStart);
        out.number(lastWindowEnd);
        Long listed = listedAt;
        out.branch(listed != null);
        if (listed != null) {
            out.number(listed);
        }
        out.number(listedPage);
        subagents.write(out);
        figures.write(out);
        days.write(out);
        marks.write(out);
        out.number(latestTraceStart);
        out.text(owner);
        surroundings.write(out);
    }

    /** Reads the figures in a session's row, and nothing else of it. */
    public static SessionAggregate read(byte[] row) {
        return read(StateInput.of(StateSchema.SESSION, row));
    }

    static SessionAggregate read(StateInput in) {
        SessionAggregate session = new SessionAggregate(in.text(), in.text());
        session.agent = AgentLabel.read(in);
        session.first = in.number();
        session.last = in.number();
        session.failures = Failures.read(in);
        session.askedAt = in.number();
        session.answeredAt = in.number();
        session.framework = PositionedText.read(in);
        session.startDay = in.number();
        session.turnErrors = in.number();
        session.traces = in.number();
        session.truncated = in.flag();
        session.title = PositionedText.read(in);
        session.firstPrompt = PositionedText.read(in);
        session.windows = in.number();
        session.activeMs = in.number();
        session.lastWindowStart = in.number();
        session.lastWindowEnd = in.number();
        session.listedAt = in.present() ? in.number() : null;
        session.listedPage = in.number();
        session.subagents = Subagents.read(in);
        session.figures = Figures.read(in);
        session.days = SessionDays.read(in);
        session.marks = FactMarks.read(in);
        session.latestTraceStart = in.number();
        session.owner = in.text();
        session.surroundings = Surroundings.read(in);
        if (session.owner.isEmpty()) {
            // A row of before owners were kept.
            session.owner = session.agentId();
        }
        if (!session.isShared()) {
            // A row of before there were acknowledgements: nothing is.
            session.failures.noneIsAcknowledged(session.figures.failedFacts() + session.figures.failedTurns());
        }
        return session;
    }
}
