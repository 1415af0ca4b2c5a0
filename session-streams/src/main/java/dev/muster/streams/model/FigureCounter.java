/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.model.ToolPairs.Start;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.List;

/**
 * Counts facts in their session and trace, a model request's tokens priced by {@link Pricing}, and takes them out again: all of
 * it by difference.
 */
final class FigureCounter {

    private static final Cost FREE = new Cost(0, 0);

    private final CompactFigures session;
    private final SessionTraces traces;
    private final Pricing pricing;
    private final DayClock days;
    private final EditorRequests editorRequests = new EditorRequests();
    private final ToolPairs tools;

    FigureCounter(CompactFigures session, SessionFacts facts, SessionTraces traces, Pricing pricing, DayClock days) {
        this.session = session;
        this.traces = traces;
        this.pricing = pricing;
        this.days = days;
        tools = new ToolPairs(facts::has);
    }

    /** Takes a fact in (sign 1) or out (sign -1). */
    void count(Fact fact, FactRow row, TraceAggregate trace, int sign) {
        Cost cost = costOf(fact);
        Figures figures = session.get().figures();
        session.get().sessionDays().count(days.dayOf(fact.time), fact, cost, sign, figures);
        figures.count(fact, cost, sign);
        session.get().countSubagent(fact, cost, sign);
        session.get().surroundings().count(fact, sign);
        session.get().failures().count(fact, row.failedAt(), sign);
        countIn(trace, fact, cost, sign);
        tools.change(row, sign, openStarts);
        if (fact.tokens != null && fact.editorRequest != 0) {
            countEditorRequest(fact, fact.tokens, trace, sign);
        }
    }

    /** Takes a fact out of a trace and into another. */
    void move(Fact fact, TraceAggregate from, TraceAggregate to) {
        Cost cost = costOf(fact);
        countIn(from, fact, cost, -1);
        countIn(to, fact, cost, 1);
    }

    /** The tool calls that fell into a trace in a stretch of time, its end left out, are now another's. */
    void moveStarts(long from, long to, TraceAggregate source, TraceAggregate target) {
        tools.move(from, to, target.hash(), start -> {
            source.openStarts().remove(start.time());
            target.openStarts().add(start.time());
        });
    }

    /** Learns of the stored facts that tools and editors told, which are counted in what is stored. */
    void restore(List<FactRow> rows) {
        session.get().figures().openStarts().clear();
        rows.forEach(this::restore);
    }

    private void restore(FactRow row) {
        editorRequests.restore(row.editorRequest(), row.time());
        tools.change(row, 1, restored);
    }

    /** A fact goes by retention: what is summed stays, but a tool call is not waited for any more. */
    void forget(FactRow row) {
        editorRequests.forget(row.editorRequest(), row.time());
        tools.change(row, -1, openStarts);
    }

    int weight() {
        return editorRequests.weight() + tools.weight();
    }

    private Cost costOf(Fact fact) {
        return fact.tokens == null || fact.editorRequest != 0
                ? FREE
                : pricing.cost(fact.model, fact.tokens, fact.speed, fact.time);
    }

    private void countIn(TraceAggregate trace, Fact fact, Cost cost, int sign) {
        long turns = trace.figures().unexplainedTurns();
        boolean present = trace.figures().events() > 0;
        trace.count(fact, cost, sign);
        session.get().changeTurnErrors(trace.figures().unexplainedTurns() - turns);
        boolean stays = trace.figures().events() > 0;
        if (present != stays && !trace.id().equals(TraceAggregate.PREAMBLE)) {
            session.get().changeTraces(stays ? 1 : -1);
            if (stays) {
                session.get().noteTraceStart(fact.time);
            }
        }
    }

    /** An editor's repeated usage is counted once in its session, and in its trace if it was sent with one. */
    private void countEditorRequest(Fact fact, TokenCounts tokens, TraceAggregate trace, int sign) {
        editorRequests.change(fact.editorRequest, fact.time, sign, (date, dateSign) -> {
            Cost once = pricing.cost(fact.model, tokens, fact.speed, date);
            Figures figures = session.get().figures();
            session.get().sessionDays().addEditorSpend(days.dayOf(date), fact.model, tokens, once, dateSign, figures);
            figures.addEditorSpend(fact.model, tokens, once, dateSign);
            if (fact.trace != null) {
                trace.figures().addEditorSpend(fact.model, tokens, once, dateSign);
            }
        });
    }

    private final ToolPairs.Listener openStarts = new ToolPairs.Listener() {
        @Override
        public void opened(Start start) {
            session.get().figures().openStarts().add(start.time());
            traces.of(start.trace()).openStarts().add(start.time());
        }

        @Override
        public void closed(Start start) {
            session.get().figures().openStarts().remove(start.time());
            traces.of(start.trace()).openStarts().remove(start.time());
        }
    };

    /** A session's stored list holds the latest times only, and is made anew; its traces' are read when they are needed. */
    private final ToolPairs.Listener restored = new ToolPairs.Listener() {
        @Override
        public void opened(Start start) {
            session.get().figures().openStarts().add(start.time());
        }

        @Override
        public void closed(Start start) {
            session.get().figures().openStarts().remove(start.time());
        }
    };
}
