/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Enters facts in a session: what is kept of each, where it is counted, and how it splits the session into traces. */
final class SessionUpdater {

    private final SessionFacts facts;
    private final SessionTraces traces;
    private final FigureCounter counter;
    private final TraceSplit split;

    SessionUpdater(CompactFigures session, SessionFacts facts, SessionTraces traces, Pricing pricing, DayClock days) {
        this.facts = facts;
        this.traces = traces;
        counter = new FigureCounter(session, facts, traces, pricing, days);
        split = new TraceSplit(session, facts, traces, counter);
    }

    /** Learns of the stored facts and traces. */
    void load(Overlay overlay) {
        List<FactRow> toolRows = new ArrayList<>();
        facts.load(overlay.chunks(), row -> {
            if (row.isPrompt()) {
                split.restore(FactBodies.fact(row));
            }
            if (row.pair() != 0 || row.editorRequest() != 0) {
                toolRows.add(row);
            }
        });
        // Only now is it known of every tool call whether it has ended.
        counter.restore(toolRows);
        traces.load(overlay);
    }

    /** What is kept of a fact, in the trace that it belongs to. */
    FactRow rowOf(Fact fact, long first, long last, long failedAt, byte @Nullable [] ranks, byte[] body) {
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

    /** Takes a fact in that is not there. */
    void add(Fact fact, FactRow row) {
        facts.insert(row);
        if (fact.isPrompt()) {
            split.begin(fact);
        }
        count(fact, row);
    }

    private void count(Fact fact, FactRow row) {
        TraceAggregate trace = traces.of(row.trace());
        counter.count(fact, row, trace, 1);
        split.enter(fact, row, trace);
    }

    /** Puts a fact's merged copies in the place of what was known of it. */
    void replace(Fact before, FactRow old, Fact after, FactRow row) {
        TraceAggregate from = traces.of(old.trace());
        counter.count(before, old, from, -1);
        if (old.time() == row.time()
                && old.own() == row.own()
                && old.trace() == row.trace()
                && old.kind() == row.kind()) {
            facts.replace(row);
            count(after, row);
            split.refreshPrompts(after, from);
            split.refreshBegun(before, old, from);
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
     * Deletes the rows that lie wholly before a time, epoch milliseconds, but for the latest prompt's.
     *
     * @return whether anything went
     */
    boolean trim(long time) {
        boolean any = facts.deleteBefore(time, split.promptAt(time), row -> {
            counter.forget(row);
            if (row.isPrompt()) {
                split.forget(row);
            }
        });
        if (any) {
            traces.deleteEndedBefore(facts.startOfSecondChunk(), facts.tracesOfFirstChunk()::contains);
        }
        return any;
    }

    /** How many failed facts were first appended as failed after a time, epoch milliseconds. */
    long failedSince(long appendTime) {
        return facts.count(row -> row.failedAt() > appendTime && FactBodies.fact(row).failed);
    }

    int weight() {
        return counter.weight() + split.weight();
    }
}
