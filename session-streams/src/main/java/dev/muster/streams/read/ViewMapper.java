/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.Figures;
import dev.muster.streams.model.LatencySketch;
import dev.muster.streams.model.ModelTable;
import dev.muster.streams.model.NameTable;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.Spend;
import dev.muster.streams.model.SubagentFigures;
import dev.muster.streams.model.TraceAggregate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Makes what callers see out of figures, by the clock at the time of reading, epoch milliseconds. */
public final class ViewMapper {

    /** From then on a tool call that has not ended is an orphan. */
    private static final Duration ORPHANED_AFTER = Duration.ofMinutes(2);

    private static final double PICO = 1e12;

    private ViewMapper() {}

    /** A session, and what was commanded of its agent. */
    public static SessionView session(SessionAggregate session, AgentControl agent, AgentNames names, long now) {
        return new SessionView(
                session.id(),
                session.agentId(),
                names.of(session, agent),
                Optional.ofNullable(session.title()),
                StatusRule.of(session, agent, now),
                session.isWaiting(),
                acknowledged(session),
                Instant.ofEpochMilli(session.first()),
                Instant.ofEpochMilli(session.last()),
                Duration.ofMillis(session.activeMs()),
                session.windows(),
                session.traces(),
                session.truncated(),
                figures(session.figures(), session.errors(), session.countsEditor(), session.isUsageKnown(), now),
                session.subagents().stream().map(ViewMapper::subagent).toList(),
                SurroundingsMapper.view(session, now));
    }

    /** A trace of a session. */
    public static TraceView trace(TraceAggregate trace, SessionAggregate session, long now) {
        return new TraceView(
                trace.id(),
                Optional.ofNullable(trace.prompt()),
                Instant.ofEpochMilli(trace.start()),
                Instant.ofEpochMilli(trace.end()),
                figures(trace.figures(), trace.errors(), session.countsEditor(), session.isUsageKnown(), now));
    }

    /**
     * Figures of several sessions, whatever is unknown of some.
     *
     * @param errors the failed facts, those of failed turns among them
     */
    public static FiguresView sums(Figures figures, long errors, long now) {
        return figures(figures, errors, false, true, now);
    }

    /**
     * Figures.
     *
     * @param errors the failed facts, those of failed turns among them
     * @param withEditor whether an editor's repeated usage counts
     * @param isUsageKnown whether any source could tell of usage
     */
    private static FiguresView figures(
            Figures figures, long errors, boolean withEditor, boolean isUsageKnown, long now) {
        Spend spend = figures.spend(withEditor);
        return new FiguresView(
                figures.events(),
                figures.toolCalls(),
                errors,
                figures.denials(),
                figures.interrupts(),
                figures.openStartsBy(now - ORPHANED_AFTER.toMillis()),
                figures.transactions(),
                spend.tokens(),
                costUsd(spend),
                spend.unpricedTokens(),
                reported(figures.reports(), figures.reportedPicoUsd()),
                latency(figures.latencyAll()),
                latency(figures.latencyTools()),
                latency(figures.latencyModels()),
                figures.modelNames(),
                models(figures.models(withEditor)),
                tools(figures.tools()),
                isUsageKnown);
    }

    private static Optional<Instant> acknowledged(SessionAggregate session) {
        return session.acknowledgedAt() == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(session.acknowledgedAt()));
    }

    private static List<ModelView> models(List<ModelTable.Share> shares) {
        return shares.stream()
                .map(share -> new ModelView(
                        share.name(),
                        share.requests(),
                        share.spend().tokens(),
                        costUsd(share.spend()),
                        share.spend().unpricedTokens()))
                .toList();
    }

    /** What the priced tokens cost; empty when there are tokens and none is priced. */
    public static OptionalDouble costUsd(Spend spend) {
        return costUsd(spend.tokens().total(), spend.picoUsd(), spend.unpricedTokens());
    }

    /** What so many tokens cost, so many of which have no price; empty when there are tokens and none is priced. */
    public static OptionalDouble costUsd(long tokens, long picoUsd, long unpriced) {
        boolean nonePriced = tokens > 0 && unpriced >= tokens;
        return nonePriced ? OptionalDouble.empty() : OptionalDouble.of(picoUsd / PICO);
    }

    private static OptionalDouble reported(long reports, long picoUsd) {
        return reports == 0 ? OptionalDouble.empty() : OptionalDouble.of(picoUsd / PICO);
    }

    private static LatencyView latency(LatencySketch sketch) {
        return sketch.count() == 0
                ? new LatencyView(0, OptionalLong.empty(), OptionalLong.empty())
                : new LatencyView(
                        sketch.count(), OptionalLong.of(sketch.percentile(50)), OptionalLong.of(sketch.percentile(95)));
    }

    private static List<ToolView> tools(List<NameTable.Row> rows) {
        return rows.stream()
                .map(row -> new ToolView(row.name(), row.counters()[0], row.counters()[1], row.counters()[2]))
                .toList();
    }

    private static SubagentView subagent(SubagentFigures subagent) {
        return new SubagentView(
                subagent.id(),
                Optional.ofNullable(subagent.type()),
                Optional.ofNullable(subagent.trace()),
                subagent.toolCalls(),
                subagent.spend().tokens(),
                costUsd(subagent.spend()),
                subagent.spend().unpricedTokens(),
                reported(subagent.reports(), subagent.reportedPicoUsd()));
    }
}
