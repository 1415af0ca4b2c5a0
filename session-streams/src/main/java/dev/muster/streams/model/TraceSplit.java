/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.model.PromptTimeline.Prompt;
import dev.muster.streams.model.PromptTimeline.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Splits a session into traces: a fact is in the trace whose id it was sent with, or falls into that of the latest prompt
 * before it. When a prompt comes late, goes or moves, what fell behind it moves too.
 */
final class TraceSplit {

    private final CompactFigures session;
    private final SessionFacts facts;
    private final SessionTraces traces;
    private final FigureCounter counter;
    private final PromptTimeline timeline = new PromptTimeline();

    TraceSplit(CompactFigures session, SessionFacts facts, SessionTraces traces, FigureCounter counter) {
        this.session = session;
        this.facts = facts;
        this.traces = traces;
        this.counter = counter;
    }

    /** The trace that a fact belongs to, begun if it is new. */
    TraceAggregate traceOf(Fact fact) {
        return traces.get(idOf(fact));
    }

    private String idOf(Fact fact) {
        if (fact.isPrompt()) {
            return fact.startedTrace();
        }
        return fact.trace != null ? fact.trace : timeline.traceAt(fact.time);
    }

    /** Learns of a stored prompt. */
    void restore(Fact prompt) {
        timeline.add(promptOf(prompt));
    }

    /** A prompt's row goes by retention. */
    void forget(FactRow prompt) {
        timeline.remove(prompt.fence());
    }

    /** The latest prompt at a time or before: facts from then on still fall behind it. */
    @Nullable
    FactPosition promptAt(long time) {
        Prompt prompt = timeline.promptAt(time);
        return prompt == null ? null : prompt.place();
    }

    /** A fact is in a trace now: its bounds take it in, and its prompt, if it is one. */
    void enter(Fact fact, FactRow row, TraceAggregate trace) {
        if (fact.fallsByTime()) {
            trace.widenFallen(begunAt(fact, row), fact.time);
        } else {
            trace.widenOwn(row.first(), row.last());
        }
        if (fact.isPrompt() && fact.prompt != null) {
            PositionedText moment = new PositionedText(row.fence(), fact.prompt);
            trace.setPrompt(PositionedText.earlier(trace.promptMoment(), moment));
            session.get().setFirstPrompt(PositionedText.earlier(session.get().firstPrompt(), moment));
        }
    }

    /** A prompt begins a trace: what fell into the one before it and lies behind the prompt moves. */
    void begin(Fact prompt) {
        String before = timeline.traceAt(prompt.time);
        timeline.add(promptOf(prompt));
        resplit(prompt.time, before);
    }

    /** A fact is no longer where it was: the trace that it was in, and what fell behind it if it is a prompt. */
    void leave(Fact fact, FactRow row, TraceAggregate trace) {
        if (fact.isPrompt()) {
            String before = timeline.traceAt(fact.time);
            timeline.remove(row.fence());
            resplit(fact.time, before);
        }
        if (!row.fallsByTime()) {
            reboundOwn(trace, row);
        } else if (begunAt(fact, row) <= trace.fallenFirst() || row.time() == trace.fallenLast()) {
            reboundFallen(trace);
        }
    }

    /** After a fact that stays where it is was told better: it may have begun later than was told before. */
    void refreshBegun(Fact before, FactRow old, TraceAggregate trace) {
        long begun = begunAt(before, old);
        if (before.fallsByTime() && begun < old.time() && begun <= trace.fallenFirst()) {
            reboundFallen(trace);
        }
    }

    private void resplit(long time, String before) {
        Segment segment = timeline.segmentAt(time);
        TraceAggregate from = traces.get(before);
        if (segment.trace().equals(before) || from.fallenLast() < time) {
            return;
        }
        TraceAggregate to = traces.get(segment.trace());
        for (FactRow row : facts.between(time, segment.to())) {
            if (row.fallsByTime()) {
                Fact fact = FactBodies.fact(row);
                counter.move(fact, from, to);
                to.widenFallen(begunAt(fact, row), row.time());
                facts.replace(row.in(to.hash()));
            }
        }
        counter.moveStarts(time, segment.to(), from, to);
        reboundFallen(from);
    }

    private void reboundFallen(TraceAggregate trace) {
        long from = trace.fallenFirst();
        long to = trace.fallenLast() + 1;
        FactRow first = facts.firstFallen(trace.hash(), from, to);
        FactRow last = first == null ? null : facts.lastFallen(trace.hash(), from, to);
        trace.forgetFallen();
        if (first != null && last != null) {
            trace.widenFallen(first.time() == from ? from : firstBegun(trace, first.time(), to), last.time());
        }
        noteStart(trace);
    }

    /** The earliest time at which a fact began that fell into a trace: not always the first that ended. */
    private long firstBegun(TraceAggregate trace, long from, long to) {
        long begun = from;
        for (FactRow row : facts.between(from, to)) {
            boolean mayBeEarlier = row.first() < begun && row.trace() == trace.hash() && row.fallsByTime();
            begun = mayBeEarlier ? Math.min(begun, begunAt(FactBodies.fact(row), row)) : begun;
        }
        return begun;
    }

    /** When a fact that falls by time began: its copies may have other times, which its trace does not go by. */
    private static long begunAt(Fact fact, FactRow row) {
        boolean lasted = fact.durationMs > 0 && fact.durationMs <= SessionRules.LONGEST_MS;
        return lasted ? Math.max(row.first(), fact.time - fact.durationMs) : fact.time;
    }

    /** A better source names another trace for a fact: the one that it was in may have reached less far without it. */
    private void reboundOwn(TraceAggregate trace, FactRow gone) {
        if (!trace.isOwnBound(gone)) {
            return;
        }
        long from = trace.start();
        long to = trace.end() + 1;
        trace.forgetOwn();
        for (FactRow row : facts.between(from, to)) {
            if (row.trace() == trace.hash() && !row.fallsByTime()) {
                trace.widenOwn(row.first(), row.last());
            }
        }
        noteStart(trace);
    }

    /** What it began with may have gone. */
    private void noteStart(TraceAggregate trace) {
        if (trace.start() != Long.MAX_VALUE) {
            session.get().noteTraceStart(trace.start());
        }
    }

    /** After a prompt has changed: the first prompt of the trace and of the session. */
    void refreshPrompts(Fact prompt, TraceAggregate trace) {
        if (!prompt.isPrompt()) {
            return;
        }
        if (!isForgotten(trace.promptMoment())) {
            trace.setPrompt(firstText(timeline.promptsOf(trace.id())));
        }
        if (!isForgotten(session.get().firstPrompt())) {
            session.get().setFirstPrompt(firstText(timeline.prompts()));
        }
    }

    private boolean isForgotten(@Nullable PositionedText prompt) {
        return prompt != null && !facts.has(prompt.place().id());
    }

    private @Nullable PositionedText firstText(Iterable<Prompt> prompts) {
        for (Prompt prompt : prompts) {
            FactRow row = facts.find(prompt.place().id());
            String text = row == null ? null : FactBodies.fact(row).prompt;
            if (text != null) {
                return new PositionedText(prompt.place(), text);
            }
        }
        return null;
    }

    int weight() {
        return timeline.weight();
    }

    private static Prompt promptOf(Fact fact) {
        return new Prompt(new FactPosition(fact.time, fact.id), fact.startedTrace());
    }
}
