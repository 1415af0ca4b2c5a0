/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.LabelRank;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an agent beside its days: how it is called and what it is, by the sessions that ever told of it, and when
 * those were that retention has taken. It does not change: what a session tells makes another, the same in any order.
 *
 * @param label its best-ranked label, then the earliest
 * @param rank the label's rank
 * @param labelledAt the time of the event that told the label, epoch milliseconds
 * @param framework the program that its earliest event that names one names; null when none is named
 * @param frameworkAt the time of that event, epoch milliseconds; the end of time without one
 * @param gone when those sessions were that are no longer there; null when none has gone
 */
public record AgentRecord(
        String label,
        LabelRank rank,
        long labelledAt,
        @Nullable String framework,
        long frameworkAt,
        @Nullable Span gone) {

    private static final LabelRank[] RANKS = LabelRank.values();

    /**
     * From a first event to a last, epoch milliseconds.
     *
     * @param first the first
     * @param last the last
     */
    public record Span(long first, long last) {

        /** The span of a session. */
        public static Span of(SessionAggregate session) {
            return new Span(session.first(), session.last());
        }

        /** What reaches over both. */
        public Span with(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** What a session tells of its agent. */
    public static AgentRecord of(SessionAggregate session) {
        return new AgentRecord(
                session.label(),
                session.labelRank(),
                session.labelTime(),
                session.framework(),
                session.frameworkTime(),
                null);
    }

    /** What a session tells that goes. */
    public static AgentRecord ofGone(SessionAggregate session) {
        return of(session).withGone(Span.of(session));
    }

    private AgentRecord withGone(@Nullable Span span) {
        return new AgentRecord(label, rank, labelledAt, framework, frameworkAt, span);
    }

    /** What both tell. */
    public AgentRecord with(AgentRecord other) {
        AgentRecord named = other.isLabelledBetter(this) ? other : this;
        AgentRecord first = other.isEarlierFramework(this) ? other : this;
        Span span = gone == null ? other.gone : other.gone == null ? gone : gone.with(other.gone);
        return new AgentRecord(named.label, named.rank, named.labelledAt, first.framework, first.frameworkAt, span);
    }

    private boolean isLabelledBetter(AgentRecord than) {
        if (isIdAlone() != than.isIdAlone()) {
            return than.isIdAlone();
        }
        if (rank != than.rank) {
            return rank.compareTo(than.rank) < 0;
        }
        return labelledAt != than.labelledAt ? labelledAt < than.labelledAt : label.compareTo(than.label) < 0;
    }

    /** Whether whoever told of it had no label for it. */
    private boolean isIdAlone() {
        return AgentId.isId(label);
    }

    private boolean isEarlierFramework(AgentRecord than) {
        if (framework == null || than.framework == null) {
            return framework != null;
        }
        return frameworkAt != than.frameworkAt
                ? frameworkAt < than.frameworkAt
                : framework.compareTo(than.framework) < 0;
    }

    /** The value of its row. */
    public byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.AGENT_RECORD);
        out.text(label);
        out.number(rank.ordinal());
        out.number(labelledAt);
        out.optionalText(framework);
        out.number(frameworkAt);
        out.branch(gone != null);
        if (gone != null) {
            out.number(gone.first);
            out.number(gone.last);
        }
        return out.end();
    }

    /** Reads a row's value. */
    public static AgentRecord read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.AGENT_RECORD, value);
        return new AgentRecord(
                in.text(),
                RANKS[(int) in.number()],
                in.number(),
                in.optionalText(),
                in.number(),
                in.present() ? new Span(in.number(), in.number()) : null);
    }
}
