/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import org.jspecify.annotations.Nullable;

/**
 * A trace's figures and bounds. Facts with the trace's id of their own widen it by the times of all their copies, for
 * good; those that fell into it by time widen it for as long as they belong to it.
 */
public final class TraceAggregate {

    /** The id of what happened before a session's first prompt, which is no trace. */
    public static final String PREAMBLE = "";

    private static final int MAX_PROMPT = 1000;

    private final String id;
    private final long hash;
    private long ownFirst = Long.MAX_VALUE;
    private long ownLast = Long.MIN_VALUE;
    private long fallenFirst = Long.MAX_VALUE;
    private long fallenLast = Long.MIN_VALUE;
    private @Nullable PositionedText prompt;
    private final Figures figures;
    /** The start that its row in the store is keyed by; null while it has none. */
    @Nullable
    Long storedStart;

    boolean dirty;

    TraceAggregate(String id) {
        this(id, new Figures());
    }

    private TraceAggregate(String id, Figures figures) {
        this.id = id;
        hash = Hashes.of(id);
        this.figures = figures;
    }

    void count(Fact fact, Cost cost, int sign) {
        figures.count(fact, cost, sign);
        dirty = true;
    }

    void widenOwn(long first, long last) {
        dirty |= first < ownFirst || last > ownLast;
        ownFirst = Math.min(ownFirst, first);
        ownLast = Math.max(ownLast, last);
    }

    void widenFallen(long begun, long time) {
        fallenFirst = Math.min(fallenFirst, begun);
        fallenLast = Math.max(fallenLast, time);
        dirty = true;
    }

    void forgetOwn() {
        ownFirst = Long.MAX_VALUE;
        ownLast = Long.MIN_VALUE;
        dirty = true;
    }

    void forgetFallen() {
        fallenFirst = Long.MAX_VALUE;
        fallenLast = Long.MIN_VALUE;
        dirty = true;
    }

    /** Whether a fact with the trace's id of its own is among those that reach furthest. */
    boolean isOwnBound(FactRow row) {
        return row.first() == ownFirst || row.last() == ownLast;
    }

    /** Tool calls that wait for their end; to be changed. */
    TimeList openStarts() {
        dirty = true;
        return figures.openStarts();
    }

    long fallenFirst() {
        return fallenFirst;
    }

    long fallenLast() {
        return fallenLast;
    }

    void setPrompt(@Nullable PositionedText moment) {
        prompt = moment == null ? null : new PositionedText(moment.place(), Texts.upTo(moment.text(), MAX_PROMPT));
        dirty = true;
    }

    @Nullable
    PositionedText promptMoment() {
        return prompt;
    }

    /** The trace's id; empty for the preamble. */
    public String id() {
        return id;
    }

    /** The text of its first prompt, at most 1000 characters; null where no source tells it. */
    public @Nullable String prompt() {
        PositionedText moment = prompt;
        return moment == null ? null : moment.text();
    }

    /** The hash of its id. */
    long hash() {
        return hash;
    }

    /** The hash that a trace's id goes by in rows. */
    public static long hashOf(String traceId) {
        return Hashes.of(traceId);
    }

    /** When its first event began, epoch milliseconds. */
    public long start() {
        return Math.min(ownFirst, fallenFirst);
    }

    /** Its last event's time, epoch milliseconds. */
    public long end() {
        return Math.max(ownLast, fallenLast);
    }

    /** Its figures. */
    public Figures figures() {
        return figures;
    }

    /** Its errors: failed facts, and the failed turns that no failed request explains. */
    public long errors() {
        return figures.failedFacts() + figures.unexplainedTurns();
    }

    byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.TRACE);
        out.text(id);
        out.number(ownFirst);
        out.number(ownLast);
        out.number(fallenFirst);
        out.number(fallenLast);
        PositionedText.write(out, prompt);
        figures.write(out);
        return out.end();
    }

    /** Reads a stored trace. */
    public static TraceAggregate read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.TRACE, value);
        String id = in.text();
        long ownFirst = in.number();
        long ownLast = in.number();
        long fallenFirst = in.number();
        long fallenLast = in.number();
        PositionedText prompt = PositionedText.read(in);
        TraceAggregate trace = new TraceAggregate(id, Figures.read(in));
        trace.ownFirst = ownFirst;
        trace.ownLast = ownLast;
        trace.fallenFirst = fallenFirst;
        trace.fallenLast = fallenLast;
        trace.prompt = prompt;
        return trace;
    }
}
