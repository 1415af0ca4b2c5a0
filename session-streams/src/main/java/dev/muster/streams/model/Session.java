/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.streams.model.PromptTimeline.Prompt;
import dev.muster.streams.model.PromptTimeline.Segment;
import dev.muster.streams.model.ToolPairs.Start;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session in use: takes facts in, in any order and any number of copies, and keeps its figures, its traces' and its rows.
 * Changes stay in memory until {@link #write}. Not safe for several threads: whoever shares it locks on it.
 */
public final class Session {

    private static final Cost FREE = new Cost(0, 0);
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
    private final Pricing pricing;
    private final SessionFigures figures;
    private final SessionFacts facts;
    private final SessionTraces traces;
    private final PromptTimeline timeline = new PromptTimeline();
    private final ActivityWindows windows = new ActivityWindows();
    private final EditorRequests editorRequests = new EditorRequests();
    private final ToolPairs tools;
    private boolean dirty;

    private Session(SessionFigures figures, SessionRows rows, Pricing pricing) {
        this.figures = figures;
        this.rows = rows;
        this.pricing = pricing;
        facts = new SessionFacts(rows);
        traces = new SessionTraces(rows);
        tools = new ToolPairs(facts::has);
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
        List<Long> prompts = new ArrayList<>();
        facts.load(row -> {
            editorRequests.restore(row.editorRequest(), row.time());
            switch (row.kind()) {
                case TOOL_START, TOOL_END -> toolRows.add(row);
                case PROMPT -> prompts.add(row.id());
                default -> {}
            }
        });
        prompts.forEach(id -> timeline.add(promptOf(Fact.of(FactBodies.read(row(id))))));
        traces.load();
        if (figures.windows() > 1) {
            rows.eachWindow(windows::restore);
        }
        figures.restoreWindow(windows);
        figures.figures().openStarts().clear();
        ToolPairs.Listener sessionOnly = new ToolPairs.Listener() {
            @Override
            public void opened(Start start) {
                figures.figures().openStarts().add(start.time());
            }

            @Override
            public void closed(Start start) {
                figures.figures().openStarts().remove(start.time());
            }
        };
        toolRows.forEach(row -> tools.change(row, 1, figures.last(), sessionOnly));
    }

    /**
     * Takes an event in.
     *
     * @param event one that belongs to this session
     * @param body its Avro body in the schema of today
     * @param appendTime when its record was appended, epoch milliseconds
     */
    public Change apply(HookEvent event, byte[] body, long appendTime) {
        Fact copy = Fact.of(event);
        figures.touch(copy);
        windows.add(copy.time);
        dirty = true;
        FactRow known = facts.find(copy.id);
        long failedAt = copy.failed ? appendTime : 0;
        if (known == null) {
            FactRow row = rowOf(copy, copy.time, copy.time, failedAt, null, body);
            facts.insert(row);
            if (copy.isPrompt()) {
                startTrace(copy);
            }
            count(copy, row, 1);
            return Change.NEW;
        }
        HookEvent before = FactBodies.read(known);
        CopyMerge.Merged merged = CopyMerge.merge(before, known.ranks(), event);
        Fact after = Fact.of(merged.event());
        FactRow row = rowOf(
                after,
                Math.min(known.first(), copy.time),
                Math.max(known.last(), copy.time),
                firstFailure(known.failedAt(), failedAt),
                merged.ranks(),
                FactBodies.write(merged.event()));
        if (row.tellsNoMoreThan(known) && merged.event().equals(before)) {
            return Change.REPEATED;
        }
        replace(Fact.of(before), known, after, row);
        return Change.MERGED;
    }

    private static long firstFailure(long a, long b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }

    private FactRow rowOf(Fact fact, long first, long last, long failedAt, byte @Nullable [] ranks, byte[] body) {
        String trace = traceOf(fact);
        return new FactRow(
                fact.id,
                fact.time,
                first,
                last,
                failedAt,
                fact.kind,
                fact.pair,
                fact.editorRequest,
                Hashes.of(trace),
                fact.traceHash != 0,
                ranks,
                body);
    }

    private String traceOf(Fact fact) {
        if (fact.isPrompt()) {
            return fact.startedTrace();
        }
        return fact.trace != null ? fact.trace : timeline.traceAt(fact.time);
    }

    private FactRow row(long id) {
        FactRow row = facts.find(id);
        if (row == null) {
            throw new IllegalStateException("a fact is gone: the state is damaged");
        }
        return row;
    }

    /** Puts a fact's merged copies in the place of what was known of it. */
    private void replace(Fact before, FactRow old, Fact after, FactRow row) {
        boolean moves = old.time() != row.time()
                || old.own() != row.own()
                || old.trace() != row.trace()
                || old.kind() != row.kind();
        TraceFigures from = traces.get(traceOf(before));
        count(before, old, -1);
        if (!moves) {
            facts.replace(row);
            count(after, row, 1);
            refreshPrompts(after, from);
            return;
        }
        facts.remove(old);
        if (before.isPrompt()) {
            endTrace(before);
        } else if (before.fallsByTime()) {
            refall(from);
        }
        FactRow moved = rowOf(after, row.first(), row.last(), row.failedAt(), row.ranks(), row.body());
        facts.insert(moved);
        if (after.isPrompt()) {
            startTrace(after);
        }
        count(after, moved, 1);
        refreshPrompts(before, from);
        refreshPrompts(after, traces.get(traceOf(after)));
    }

    private void count(Fact fact, FactRow row, int sign) {
        Cost cost = fact.tokens == null || fact.editorRequest != 0
                ? FREE
                : pricing.cost(fact.model, fact.tokens, fact.speed, fact.time);
        TraceFigures trace = traces.get(traceOf(fact));
        figures.figures().count(fact, cost, sign);
        figures.countSubagent(fact, cost, sign);
        figures.failureAppendedAt(row.failedAt());
        countIn(trace, fact, cost, sign);
        if (sign > 0) {
            if (fact.fallsByTime()) {
                trace.widenFallen(fact.time);
            } else {
                trace.widenOwn(row.first(), row.last());
            }
            if (fact.isPrompt() && fact.prompt != null) {
                Moment moment = new Moment(row.fence(), fact.prompt);
                trace.setPrompt(Moment.earlier(trace.promptMoment(), moment));
                figures.setFirstPrompt(Moment.earlier(figures.firstPrompt(), moment));
            }
        }
        tools.change(row, sign, figures.last(), openStarts);
        if (fact.tokens != null) {
            TokenCounts tokens = fact.tokens;
            editorRequests.change(fact.editorRequest, fact.time, sign, (date, dateSign) -> {
                Cost once = pricing.cost(fact.model, tokens, fact.speed, date);
                figures.figures().addEditorSpend(tokens, once, dateSign);
                if (fact.trace != null) {
                    trace.figures().addEditorSpend(tokens, once, dateSign);
                }
            });
        }
    }

    private void countIn(TraceFigures trace, Fact fact, Cost cost, int sign) {
        long turns = trace.figures().unexplainedTurns();
        boolean present = trace.figures().events() > 0;
        trace.count(fact, cost, sign);
        figures.changeTurnErrors(trace.figures().unexplainedTurns() - turns);
        boolean stays = trace.figures().events() > 0;
        if (present != stays && !trace.id().equals(TraceFigures.PREAMBLE)) {
            figures.changeTraces(stays ? 1 : -1);
        }
    }

    private final ToolPairs.Listener openStarts = new ToolPairs.Listener() {
        @Override
        public void opened(Start start) {
            figures.figures().openStarts().add(start.time());
            TraceFigures trace = traceOf(start);
            trace.figures().openStarts().add(start.time());
            trace.dirty = true;
        }

        @Override
        public void closed(Start start) {
            figures.figures().openStarts().remove(start.time());
            TraceFigures trace = traceOf(start);
            trace.figures().openStarts().remove(start.time());
            trace.dirty = true;
        }
    };

    private TraceFigures traceOf(Start start) {
        if (start.trace() == 0) {
            return traces.get(timeline.traceAt(start.time()));
        }
        TraceFigures trace = traces.find(start.trace());
        if (trace == null) {
            throw new IllegalStateException("an open tool call's trace is gone: the state is damaged");
        }
        return trace;
    }

    private static Prompt promptOf(Fact fact) {
        return new Prompt(new Fence(fact.time, fact.id), fact.startedTrace());
    }

    /** A prompt begins a trace: what fell into the one before it and lies behind the prompt moves. */
    private void startTrace(Fact prompt) {
        String before = timeline.traceAt(prompt.time);
        timeline.add(promptOf(prompt));
        resplit(prompt.time, before);
    }

    private void endTrace(Fact prompt) {
        String before = timeline.traceAt(prompt.time);
        timeline.remove(new Fence(prompt.time, prompt.id));
        resplit(prompt.time, before);
    }

    private void resplit(long time, String before) {
        Segment segment = timeline.segmentAt(time);
        TraceFigures from = traces.get(before);
        if (segment.trace().equals(before) || !from.hasFallenFrom(time)) {
            return;
        }
        TraceFigures to = traces.get(segment.trace());
        for (FactRow row : facts.between(time, segment.to())) {
            if (!row.fallsByTime()) {
                continue;
            }
            Fact fact = Fact.of(FactBodies.read(row));
            Cost cost = fact.tokens == null || fact.editorRequest != 0
                    ? FREE
                    : pricing.cost(fact.model, fact.tokens, fact.speed, fact.time);
            countIn(from, fact, cost, -1);
            countIn(to, fact, cost, 1);
            to.widenFallen(fact.time);
            if (fact.kind == FactKind.TOOL_START && tools.isOpen(row)) {
                from.figures().openStarts().remove(fact.time);
                to.figures().openStarts().add(fact.time);
            }
            facts.replace(row.in(Hashes.of(to.id())));
        }
        refall(from);
    }

    /** Finds the bounds of what fell into a trace anew. */
    private void refall(TraceFigures trace) {
        trace.forgetFallen();
        for (Segment segment : timeline.segmentsOf(trace.id())) {
            for (FactRow row : facts.between(segment.from(), segment.to())) {
                if (row.fallsByTime()) {
                    trace.widenFallen(row.time());
                }
            }
        }
    }

    /** After a prompt has changed: the trace's first prompt, and the session's. */
    private void refreshPrompts(Fact prompt, TraceFigures trace) {
        if (prompt.isPrompt()) {
            trace.setPrompt(firstText(timeline.promptsOf(trace.id())));
            figures.setFirstPrompt(firstText(timeline.prompts()));
        }
    }

    private @Nullable Moment firstText(Iterable<Prompt> prompts) {
        for (Prompt prompt : prompts) {
            String text = Fact.of(FactBodies.read(row(prompt.place().id()))).prompt;
            if (text != null) {
                return new Moment(prompt.place(), text);
            }
        }
        return null;
    }

    /**
     * Deletes the rows that lie wholly before a time, for a session that never ends; its sums stay. Facts behind the last
     * prompt before that time keep their trace.
     *
     * @param time epoch milliseconds
     */
    public void trim(long time) {
        long before = Math.min(time, timeline.segmentAt(time).from());
        facts.deleteBefore(before, row -> {
            figures.truncate();
            dirty = true;
            if (row.kind() == FactKind.PROMPT) {
                timeline.remove(row.fence());
            }
        });
        if (figures.truncated()) {
            traces.deleteEndedBefore(before);
        }
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

    /** The last activity that the session is listed by; null while it is not listed. */
    public @Nullable Long listedAt() {
        return figures.listedAt();
    }

    /** The session will be listed by its last activity when it is next written. */
    public void setListed() {
        figures.setListedAt(figures.last());
        dirty = true;
    }

    /** About how many bytes of memory it takes. */
    public int weight() {
        return BASE_WEIGHT + facts.weight() + traces.weight();
    }

    /** The session as it stands, as values like those in the rows: what is not written yet lies over what is. */
    public SessionCopy copy(StateOutput out) {
        figures.setWindows(windows);
        return new SessionCopy(figures.toBytes(out), traces.unwritten(out), facts.unwritten(out));
    }
}
