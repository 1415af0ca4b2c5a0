/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.price.Cost;
import org.jspecify.annotations.Nullable;

/** A subagent's share of its session. */
public final class SubagentFigures {

    private final String id;
    private @Nullable String type;
    private long firstTime = Long.MAX_VALUE;
    private @Nullable String firstTrace;
    private long toolCalls;
    private long reports;
    private long reportedPicoUsd;
    private Spend spend = new Spend();

    SubagentFigures(String id) {
        this.id = id;
    }

    /** Takes in that a copy of some fact was told: what only grows. */
    void touch(Fact copy) {
        if (copy.subagentType != null && (type == null || copy.subagentType.compareTo(type) < 0)) {
            type = copy.subagentType;
        }
        if (copy.trace != null && (copy.time < firstTime || (copy.time == firstTime && smaller(copy.trace)))) {
            firstTime = copy.time;
            firstTrace = copy.trace;
        }
    }

    void count(Fact fact, Cost cost, int sign) {
        toolCalls += fact.kind == FactKind.TOOL_END ? sign : 0;
        if (fact.reportedPicoUsd >= 0) {
            reports += sign;
            reportedPicoUsd += sign * fact.reportedPicoUsd;
        }
        if (fact.tokens != null && fact.editorRequest == 0) {
            spend.add(fact.tokens, cost, sign);
        }
    }

    private boolean smaller(String trace) {
        return firstTrace == null || trace.compareTo(firstTrace) < 0;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its type; null where no source tells it. */
    public @Nullable String type() {
        return type;
    }

    /** The trace of its first event that was sent with one. */
    public @Nullable String trace() {
        return firstTrace;
    }

    /** Its tool calls that ended. */
    public long toolCalls() {
        return toolCalls;
    }

    /** How many of its facts report a cost of their own. */
    public long reports() {
        return reports;
    }

    /** What the sources report for it, in 1e-12 USD. */
    public long reportedPicoUsd() {
        return reportedPicoUsd;
    }

    /** Its tokens and their cost. */
    public Spend spend() {
        return spend;
    }

    void write(StateOutput out) {
        out.item();
        out.text(id);
        out.optionalText(type);
        out.number(firstTime);
        out.optionalText(firstTrace);
        out.number(toolCalls);
        out.number(reports);
        out.number(reportedPicoUsd);
        spend.write(out);
    }

    static SubagentFigures read(StateInput in) {
        SubagentFigures figures = new SubagentFigures(in.text());
        figures.type = in.optionalText();
        figures.firstTime = in.number();
        figures.firstTrace = in.optionalText();
        figures.toolCalls = in.number();
        figures.reports = in.number();
        figures.reportedPicoUsd = in.number();
        figures.spend = Spend.read(in);
        return figures;
    }
}
