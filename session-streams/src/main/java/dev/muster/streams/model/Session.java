/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.HookEvent;
import java.util.Arrays;
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

    private final SessionRows rows;
    private final RestingFigures figures;
    private final SessionFacts facts;
    private final SessionTraces traces;
    private final Ledger ledger;
    private final ActivityWindows windows = new ActivityWindows();
    private boolean dirty;
    /** The trace id that the latest event was sent with; null before any. */
    private @Nullable String latestTrace;

    private Session(SessionFigures started, SessionRows rows, SessionRules rules, RowLimits limits) {
        figures = new RestingFigures(started);
        this.rows = rows;
        facts = new SessionFacts(rows, limits);
        traces = new SessionTraces(rows, limits);
        ledger = new Ledger(figures, facts, traces, rules.pricing());
    }

    /** Opens a session: from its rows, or as a new one when there are none. */
    public static Session open(String account, String id, SessionRows rows, SessionRules rules) {
        return open(account, id, rows, rules, RowLimits.USUAL);
    }

    /** Begins a session that has no rows. */
    public static Session begin(String account, String id, SessionRows rows, SessionRules rules) {
        return new Session(new SessionFigures(account, id), rows, rules, RowLimits.USUAL);
    }

    static Session open(String account, String id, SessionRows rows, SessionRules rules, RowLimits limits) {
        byte[] stored = rows.session();
        return stored == null
                ? new Session(new SessionFigures(account, id), rows, rules, limits)
                : load(stored, rows, rules, limits);
    }

    /** Loads a session from its own row, and what else there is. */
    public static Session load(byte[] stored, SessionRows rows, SessionRules rules) {
        return load(stored, rows, rules, RowLimits.USUAL);
    }

    private static Session load(byte[] stored, SessionRows rows, SessionRules rules, RowLimits limits) {
        SessionRow row = SessionRow.read(stored);
        Session session = new Session(row.figures(), rows, rules, limits);
        session.ledger.load(row.overlay());
        if (row.figures().windows() > 1) {
            rows.eachWindow(session.windows::restore);
        }
        row.figures().restoreWindow(session.windows);
        return session;
    }

    private void wake() {
        if (!figures.isAwake()) {
            Overlay overlay = figures.wake();
            facts.wake(overlay.chunks());
            traces.wake(overlay);
        }
    }

    /**
     * Takes an event in.
     *
     * @param event one that belongs to this session
     * @param appendTime when its record was appended, epoch milliseconds
     */
    public Change apply(EventBody event, long appendTime) {
        wake();
        EventBody told = FieldLimits.fitting(event);
        Fact copy = Fact.of(told, latestTrace);
        latestTrace = copy.trace == null ? latestTrace : copy.trace;
        figures.get().touch(copy);
        windows.add(copy.time);
        dirty = true;
        long failedAt = copy.failed ? appendTime : 0;
        FactRow known = facts.find(copy.id);
        if (known != null) {
            return merge(known, FactBodies.read(told), copy, failedAt);
        }
        ledger.add(copy, ledger.rowOf(copy, copy.time, copy.time, failedAt, null, told.toBytes()));
        return Change.NEW;
    }

    private Change merge(FactRow known, HookEvent told, Fact copy, long failedAt) {
        HookEvent before = FactBodies.read(known);
        CopyMerge.Merged merged = CopyMerge.merge(before, known.ranks(), told);
        long first = Math.min(known.first(), copy.time);
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
        ledger.replace(
                FactBodies.fact(known), known, after, ledger.rowOf(after, first, last, failed, merged.ranks(), body));
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
        wake();
        boolean any = ledger.trim(time);
        if (any) {
            figures.get().truncate();
            dirty = true;
        }
        return any;
    }

    /** Writes what has changed; {@link #markClean} must follow if that went well. */
    public void write(StateOutput out) {
        Overlay overlay = new Overlay(traces.write(out), facts.write(out), traces.writeIndex(out));
        windows.write(rows);
        rows.putSession(figures.write(windows, overlay, out));
    }

    /** What was written is no longer to be written: from now on the session rests on its row. */
    public void markClean() {
        facts.rest();
        traces.rest();
        windows.markClean();
        figures.rest();
        dirty = false;
    }

    /** Whether there is anything to write. */
    public boolean isDirty() {
        return dirty;
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
        wake();
        figures.get().setListed(time, page);
        dirty = true;
    }

    /** The session is not where it was thought to be listed. */
    public void setUnlisted() {
        wake();
        figures.get().setListed(null, 0);
    }

    /** About how many bytes of memory it takes. */
    public int weight() {
        return BASE_WEIGHT + figures.weight() + facts.weight() + traces.weight() + ledger.weight();
    }

    /** The session as it stands: what other rows lack lies in its own. */
    public SessionCopy copy(StateOutput out) {
        if (!figures.isAwake()) {
            return new SessionCopy(figures.row());
        }
        Overlay overlay = new Overlay(traces.unwritten(out), facts.unwritten(out), traces.unwrittenIndex());
        return new SessionCopy(figures.row(windows, overlay, out));
    }
}
