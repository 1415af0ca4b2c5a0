/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.HookEvent;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session in use: takes facts in, in any order and any number of copies, and keeps its figures, its traces' and its rows.
 * Changes stay in memory until {@link #write}. Not safe for several threads: whoever shares it locks on it.
 */
public final class Session {

    private static final int BASE_WEIGHT = 1400;

    /** What taking an event in has changed. */
    public enum Change {
        /** A fact that was not known. */
        NEW,
        /** A copy of a known fact, which told something more. */
        MERGED,
        /** A copy of a known fact, which told nothing more. */
        REPEATED
    }

    private static final byte[] NO_ROW = {};

    private final SessionRows rows;
    private final SessionRules rules;
    private final DayClock days;
    private final CompactFigures figures;
    private final SessionFacts facts;
    private final SessionTraces traces;
    private final SessionUpdater updater;
    private final ActivityWindows windows = new ActivityWindows();
    private boolean dirty;
    /** The trace id that the latest event was sent with; null before any. */
    private @Nullable String latestTrace;

    private Session(SessionAggregate started, byte[] row, SessionRows rows, SessionRules rules, RowLimits limits) {
        days = rules.zones().days(started.account());
        figures = new CompactFigures(started, row, days);
        this.rows = rows;
        this.rules = rules;
        facts = new SessionFacts(rows, limits);
        traces = new SessionTraces(rows, limits);
        updater = new SessionUpdater(figures, facts, traces, rules.pricing(), days);
    }

    /** Opens a session: from its rows, or as a new one when there are none. */
    public static Session open(String account, String id, SessionRows rows, SessionRules rules) {
        return open(account, id, rows, rules, RowLimits.USUAL);
    }

    /** Begins a session that has no rows. */
    public static Session begin(String account, String id, SessionRows rows, SessionRules rules) {
        return new Session(new SessionAggregate(account, id), NO_ROW, rows, rules, RowLimits.USUAL);
    }

    static Session open(String account, String id, SessionRows rows, SessionRules rules, RowLimits limits) {
        byte[] stored = rows.session();
        return stored == null
                ? new Session(new SessionAggregate(account, id), NO_ROW, rows, rules, limits)
                : load(stored, rows, rules, limits);
    }

    /** Loads a session from its own row, and what else there is. */
    public static Session load(byte[] stored, SessionRows rows, SessionRules rules) {
        return load(stored, rows, rules, RowLimits.USUAL);
    }

    private static Session load(byte[] stored, SessionRows rows, SessionRules rules, RowLimits limits) {
        SessionRow row = SessionRow.read(stored);
        Session session = new Session(row.figures(), stored, rows, rules, limits);
        session.updater.load(row.overlay());
        if (row.figures().figures().events() > 0) {
            row.figures().sessionDays().begin(session.days.dayOf(row.figures().first()));
        }
        if (row.figures().windows() > 1) {
            rows.eachWindow(session.windows::restore);
        }
        row.figures().restoreWindow(session.windows);
        return session;
    }

    private void inflate() {
        if (!figures.isInflated()) {
            Overlay overlay = figures.inflate();
            facts.inflate(overlay.chunks());
            traces.inflate(overlay);
        }
    }

    /**
     * Takes an event in.
     *
     * @param event one that belongs to this session
     * @param appendTime when its record was appended, epoch milliseconds
     */
    public Change apply(EventBody event, long appendTime) {
        inflate();
        EventBody told = FieldLimits.fitting(event);
        Fact copy = Fact.of(told, latestTrace);
        latestTrace = copy.trace == null ? latestTrace : copy.trace;
        long begun = rules.begunAt(copy.time, copy.durationMs, appendTime);
        figures.get().touch(copy, begun, rules.pricing());
        windows.add(begun, copy.time);
        dirty = true;
        long failedAt = copy.outcome == Fact.FAILED ? appendTime : 0;
        FactRow known = find(copy, told);
        if (known != null) {
            return merge(known, FactBodies.read(told), copy, begun, failedAt);
        }
        updater.add(copy, updater.rowOf(copy, begun, copy.time, failedAt, null, told.toBytes()));
        return Change.NEW;
    }

    private @Nullable FactRow find(Fact copy, EventBody told) {
        FactRow known = facts.find(copy.id);
        long before = known == null ? Fact.idBefore(told) : 0;
        FactRow earlier = before == 0 ? null : facts.find(before);
        boolean isOfItsPrompt = earlier != null
                && (copy.traceHash == 0 ? !earlier.own() : earlier.own() && earlier.trace() == copy.traceHash);
        return isOfItsPrompt ? earlier : known;
    }

    private Change merge(FactRow known, HookEvent told, Fact copy, long begun, long failedAt) {
        HookEvent before = FactBodies.read(known);
        CopyMerge.Merged merged = CopyMerge.merge(before, known.ranks(), told);
        long first = Math.min(known.first(), begun);
        long last = Math.max(known.last(), copy.time);
        long failed = firstFailure(known.failedAt(), failedAt);
        if (first == known.first()
                && last == known.last()
                && failed == known.failedAt()
                && Arrays.equals(merged.ranks(), known.ranks())
                && merged.event().equals(before)) {
            return Change.REPEATED;
        }
        byte[] body = FactBodies.write(merged.event());
        Fact after = Fact.of(FactBodies.look(body));
        updater.replace(
                FactBodies.fact(known), known, after, updater.rowOf(after, first, last, failed, merged.ranks(), body));
        return Change.MERGED;
    }

    private static long firstFailure(long a, long b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }

    /**
     * Deletes the rows that lie wholly before a time, for a session that never ends; its sums stay. The latest prompt
     * before that time is spared, for what comes behind it falls into its trace.
     *
     * @param time epoch milliseconds
     * @return whether anything went
     */
    public boolean trim(long time) {
        if (facts.startOfSecondChunk() >= time) {
            return false;
        }
        inflate();
        boolean any = updater.trim(time);
        if (any) {
            figures.get().truncate();
            figures.get().sessionDays().forgetBefore(days.dayOf(time));
            dirty = true;
        }
        return any;
    }

    /**
     * Acknowledges every failure whose first failing record was appended no later than the command's; a later command
     * takes its place.
     *
     * @param commandAppendedAt when the command's record was appended, epoch milliseconds
     * @return whether that changed anything
     */
    public boolean acknowledge(long commandAppendedAt) {
        return command(commandAppendedAt, commandAppendedAt);
    }

    /**
     * Takes an acknowledgement back.
     *
     * @param commandAppendedAt when the command's record was appended, epoch milliseconds
     * @return whether that changed anything
     */
    public boolean unacknowledge(long commandAppendedAt) {
        return command(0, commandAppendedAt);
    }

    private boolean command(long until, long commandAppendedAt) {
        inflate();
        boolean changed = figures.get().failures().acknowledge(until, commandAppendedAt, updater::failedSince);
        dirty |= changed;
        return changed;
    }

    /** Writes what has changed; {@link #markClean} must follow if that went well. */
    public void write(StateOutput out) {
        Overlay overlay = new Overlay(traces.write(out), facts.write(out), traces.writeIndex(out));
        windows.write(rows);
        rows.putSession(figures.write(windows, overlay, out));
    }

    /** What was written is no longer to be written: from now on the session rests on its row. */
    public void markClean() {
        facts.compact();
        traces.compact();
        windows.markClean();
        figures.compact();
        dirty = false;
    }

    /** What the session's row, as it was last written or read, has given to its agent's days. */
    public Optional<DayContribution> writtenContribution() {
        return figures.written().filter(SessionAggregate::isShared).map(DayContribution::of);
    }

    /** What the session gives to its agent's days as it has just been written; to be used before it changes. */
    public Optional<DayContribution> contribution() {
        return Optional.of(figures.get()).filter(SessionAggregate::isShared).map(DayContribution::of);
    }

    /** Whether there is anything to write. */
    public boolean isDirty() {
        return dirty;
    }

    /** The agent that the session belongs to. */
    public String agentId() {
        return figures.agentId();
    }

    /** The agent whose the session is as far as bound keys go: that of its first event in append order; empty before any. */
    public String owner() {
        return figures.owner();
    }

    /** The session's last event, epoch milliseconds. */
    public long lastActivity() {
        return figures.last();
    }

    /** The session's first event, epoch milliseconds. */
    public long start() {
        return figures.first();
    }

    /** The last activity that the session is listed by, epoch milliseconds; null while it is not listed. */
    public @Nullable Long listedAt() {
        return figures.listedAt();
    }

    /** The number of the list's page that the session is in; 0 while it is not listed. */
    public long listedPage() {
        return figures.listedPage();
    }

    /** The session is listed by a time, in a page; its row will say so when it is next written. */
    public void setListed(long time, long page) {
        inflate();
        figures.get().setListed(time, page);
        dirty = true;
    }

    /** The session is not where it was thought to be listed. */
    public void setUnlisted() {
        inflate();
        figures.get().setListed(null, 0);
    }

    /** About how many bytes of memory it takes. */
    public int weight() {
        return BASE_WEIGHT + figures.weight() + facts.weight() + traces.weight() + updater.weight();
    }

    /** The figures as they stand, to be looked at before the session changes; empty while it rests on its row, which has them. */
    public Optional<SessionAggregate> figures() {
        return figures.isInflated() ? Optional.of(figures.standing(windows)) : Optional.empty();
    }

    /** The session as it stands: what other rows lack lies in its own. */
    public SessionCopy copy(StateOutput out) {
        if (!figures.isInflated()) {
            return new SessionCopy(figures.row());
        }
        Overlay overlay = new Overlay(traces.unwritten(out), facts.unwritten(out), traces.unwrittenIndex());
        return new SessionCopy(figures.row(windows, overlay, out));
    }
}
