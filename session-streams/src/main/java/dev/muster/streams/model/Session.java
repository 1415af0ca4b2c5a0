/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session in use: takes facts in, in any order and any number of copies, and keeps its figures, its traces' and its rows.
 * Changes stay in memory until {@link #write}. Not safe for several threads: whoever shares it locks on it.
 */
public final class Session {

    private static final int BASE_WEIGHT = 2000;

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
    private final SessionFigures figures;
    private final SessionFacts facts;
    private final SessionTraces traces;
    private final Tally tally;
    private final TraceSplit split;
    private final ActivityWindows windows = new ActivityWindows();
    private boolean dirty;
    /** The trace id that the latest event was sent with; null before any. */
    private @Nullable String latestTrace;

    private Session(SessionFigures figures, SessionRows rows, Pricing pricing) {
        this.figures = figures;
        this.rows = rows;
        facts = new SessionFacts(rows);
        traces = new SessionTraces(rows);
        tally = new Tally(figures, facts, traces, pricing);
        split = new TraceSplit(figures, facts, traces, tally);
    }

    /** Opens a session: from its rows, or as a new one when there are none. */
    public static Session open(String account, String id, SessionRows rows, Pricing pricing) {
        byte[] stored = rows.session();
        if (stored == null) {
            return new Session(new SessionFigures(account, id), rows, pricing);
        }
        Session session = new Session(SessionFigures.read(stored), rows, pricing);
        session.load();
        return session;
    }

    private void load() {
        List<FactRow> toolRows = new ArrayList<>();
        facts.load(row -> {
            if (row.isPrompt()) {
                split.restore(FactBodies.fact(row));
            }
            if (row.pair() != 0 || row.editorRequest() != 0) {
                toolRows.add(row);
            }
        });
        // Only now is it known of every tool call whether it has ended.
        toolRows.forEach(tally::restore);
        traces.load();
        if (figures.windows() > 1) {
            rows.eachWindow(windows::restore);
        }
        figures.restoreWindow(windows);
    }

    /**
     * Takes an event in.
     *
     * @param event one that belongs to this session
     * @param appendTime when its record was appended, epoch milliseconds
     */
    public Change apply(EventBody event, long appendTime) {
        EventBody told = FieldLimits.fitting(event);
        Fact copy = Fact.of(told, latestTrace);
        latestTrace = copy.trace == null ? latestTrace : copy.trace;
        figures.touch(copy);
        windows.add(copy.time);
        dirty = true;
        long failedAt = copy.failed ? appendTime : 0;
        FactRow known = facts.find(copy.id);
        if (known != null) {
            return merge(known, FactBodies.read(told), copy, failedAt);
        }
        add(copy, rowOf(copy, copy.time, copy.time, failedAt, null, told.toBytes()));
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
        replace(FactBodies.fact(known), known, after, rowOf(after, first, last, failed, merged.ranks(), body));
        return Change.MERGED;
    }

    private static long firstFailure(long a, long b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }

    private FactRow rowOf(Fact fact, long first, long last, long failedAt, byte @Nullable [] ranks, byte[] body) {
        return new FactRow(
                fact.id,
                fact.time,
                first,
                last,
                failedAt,
                fact.kind,
                fact.pair,
                fact.editorRequest,
                split.traceOf(fact).hash(),
                fact.traceHash != 0,
                ranks,
                body);
    }

    private void add(Fact fact, FactRow row) {
        facts.insert(row);
        if (fact.isPrompt()) {
            split.begin(fact);
        }
        count(fact, row);
    }

    private void count(Fact fact, FactRow row) {
        TraceFigures trace = traces.of(row.trace());
        tally.count(fact, row, trace, 1);
        split.enter(fact, row, trace);
    }

    /** Puts a fact's merged copies in the place of what was known of it. */
    private void replace(Fact before, FactRow old, Fact after, FactRow row) {
        TraceFigures from = traces.of(old.trace());
        tally.count(before, old, from, -1);
        if (old.time() == row.time()
                && old.own() == row.own()
                && old.trace() == row.trace()
                && old.kind() == row.kind()) {
            facts.replace(row);
            count(after, row);
            split.refreshPrompts(after, from);
            return;
        }
        facts.remove(old);
        split.leave(before, old, from);
        FactRow moved = row.in(split.traceOf(after).hash());
        add(after, moved);
        split.refreshPrompts(before, from);
        split.refreshPrompts(after, traces.of(moved.trace()));
    }

    /**
     * Deletes the rows that lie wholly before a time, for a session that never ends; its sums stay. The latest prompt
     * before that time is spared, for what comes behind it falls into its trace.
     *
     * @param time epoch milliseconds
     * @return whether anything went
     */
    public boolean trim(long time) {
        boolean any = facts.deleteBefore(time, split.promptAt(time), row -> {
            tally.forget(row);
            if (row.isPrompt()) {
                split.forget(row);
            }
        });
        if (any) {
            figures.truncate();
            dirty = true;
            traces.deleteEndedBefore(facts.startOfSecondChunk(), facts.tracesOfFirstChunk()::contains);
        }
        return any;
    }

    /** Writes what has changed; {@link #markClean} must follow if that went well. */
    public void write(StateOutput out) {
        facts.write(out);
        traces.write(out);
        windows.write(rows);
        figures.setWindows(windows);
        rows.putSession(figures.toBytes(out));
    }

    /** What was written is no longer to be written. */
    public void markClean() {
        facts.markClean();
        traces.markClean();
        windows.markClean();
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
        figures.setListed(time, page);
        dirty = true;
    }

    /** The session is not where it was thought to be listed. */
    public void setUnlisted() {
        figures.setListed(null, 0);
    }

    /** About how many bytes of memory it takes. */
    public int weight() {
        return BASE_WEIGHT + facts.weight() + traces.weight() + tally.weight() + split.weight();
    }

    /** The session as it stands, as values like those in the rows: what is not written yet lies over what is. */
    public SessionCopy copy(StateOutput out) {
        figures.setWindows(windows);
        return new SessionCopy(figures.toBytes(out), traces.unwritten(out), facts.unwritten(out));
    }
}
