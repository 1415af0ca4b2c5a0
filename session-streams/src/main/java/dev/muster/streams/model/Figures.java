/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.List;

/** The figures that a session and a trace share. All of them change by difference, so that any fact can be withdrawn. */
public final class Figures {

    private static final int CALLS = 0;
    private static final int ERRORS = 1;
    private static final int TOTAL_MS = 2;

    private long events;
    private long toolCalls;
    private long errors;
    private long denials;
    private long transactions;
    private long failedTurns;
    private long failedRequests;
    private long telemetryRequests;
    private long reports;
    private long reportedPicoUsd;
    private Spend spend = new Spend();
    private Spend editorSpend = new Spend();
    private TimeList openStarts = new TimeList();
    private LatencySketch latencyAll = new LatencySketch();
    private LatencySketch latencyTools = new LatencySketch();
    private LatencySketch latencyModels = new LatencySketch();
    private NameTable tools = new NameTable(3);
    private NameTable models = new NameTable(1);

    /** Takes a fact in (sign 1) or out (sign -1); an editor's usage goes by {@link #addEditorSpend}. */
    void count(Fact fact, Cost cost, int sign) {
        events += sign;
        if (fact.transaction) {
            transactions += sign;
        }
        if (fact.denied) {
            denials += sign;
        }
        if (fact.kind == FactKind.FAILED_TURN) {
            failedTurns += sign;
        } else if (fact.failed) {
            errors += sign;
            failedRequests += fact.kind == FactKind.MODEL_REQUEST ? sign : 0;
        }
        if (fact.telemetryRequest) {
            telemetryRequests += sign;
        }
        if (fact.reportedPicoUsd >= 0) {
            reports += sign;
            reportedPicoUsd += sign * fact.reportedPicoUsd;
        }
        if (fact.tokens != null && fact.editorRequest == 0) {
            spend.add(fact.tokens, cost, sign);
        }
        if (fact.model != null && (fact.tokens != null || fact.kind == FactKind.MODEL_REQUEST)) {
            models.of(fact.model)[0] += sign;
        }
        countCall(fact, sign);
        countDuration(fact, sign);
    }

    private void countCall(Fact fact, int sign) {
        if (fact.kind != FactKind.TOOL_END) {
            return;
        }
        toolCalls += sign;
        if (fact.tool != null) {
            long[] row = tools.of(fact.tool);
            row[CALLS] += sign;
            row[ERRORS] += fact.failed ? sign : 0;
            row[TOTAL_MS] += fact.durationMs > 0 ? sign * fact.durationMs : 0;
        }
    }

    private void countDuration(Fact fact, int sign) {
        if (fact.durationMs < 0) {
            return;
        }
        latencyAll.add(fact.durationMs, sign);
        if (fact.kind == FactKind.TOOL_END) {
            latencyTools.add(fact.durationMs, sign);
        } else if (fact.kind == FactKind.MODEL_REQUEST) {
            latencyModels.add(fact.durationMs, sign);
        }
    }

    void addEditorSpend(TokenCounts tokens, Cost cost, int sign) {
        editorSpend.add(tokens, cost, sign);
    }

    TimeList openStarts() {
        return openStarts;
    }

    /** Failed turns that no failed request explains: only these are errors of their own. */
    long unexplainedTurns() {
        return Math.max(0, failedTurns - failedRequests);
    }

    /** Facts, each counted once. */
    public long events() {
        return events;
    }

    /** Tool calls that ended. */
    public long toolCalls() {
        return toolCalls;
    }

    /** Failed facts other than turns. */
    public long failedFacts() {
        return errors;
    }

    /** Turns that failed, explained or not. */
    public long failedTurns() {
        return failedTurns;
    }

    /** Tool calls that were denied. */
    public long denials() {
        return denials;
    }

    /** Events of type tx or with a transaction. */
    public long transactions() {
        return transactions;
    }

    /** Tool calls that started by a time (epoch milliseconds) and have not ended. */
    public long openStartsBy(long time) {
        return openStarts.upTo(time);
    }

    /** Model requests that telemetry or transcripts tell of: where a session has any, an editor's usage is not added. */
    public long telemetryRequests() {
        return telemetryRequests;
    }

    /** How many facts report a cost of their own. */
    public long reports() {
        return reports;
    }

    /** What the sources themselves report, in 1e-12 USD. */
    public long reportedPicoUsd() {
        return reportedPicoUsd;
    }

    /** Tokens and cost, an editor's repeated usage left out or added. */
    public Spend spend(boolean withEditor) {
        Spend sum = new Spend();
        sum.add(spend);
        if (withEditor) {
            sum.add(editorSpend);
        }
        return sum;
    }

    /** Over every duration that an event reports. */
    public LatencySketch latencyAll() {
        return latencyAll;
    }

    /** Over tool calls. */
    public LatencySketch latencyTools() {
        return latencyTools;
    }

    /** Over model requests. */
    public LatencySketch latencyModels() {
        return latencyModels;
    }

    /** Calls, errors and total milliseconds by tool. */
    public List<NameTable.Row> tools() {
        return tools.rows();
    }

    /** Requests by model. */
    public List<NameTable.Row> models() {
        return models.rows();
    }

    void write(StateOutput out) {
        out.number(events);
        out.number(toolCalls);
        out.number(errors);
        out.number(denials);
        out.number(transactions);
        out.number(failedTurns);
        out.number(failedRequests);
        out.number(telemetryRequests);
        out.number(reports);
        out.number(reportedPicoUsd);
        spend.write(out);
        editorSpend.write(out);
        openStarts.write(out);
        latencyAll.write(out);
        latencyTools.write(out);
        latencyModels.write(out);
        tools.write(out);
        models.write(out);
    }

    static Figures read(StateInput in) {
        Figures figures = new Figures();
        figures.events = in.number();
        figures.toolCalls = in.number();
        figures.errors = in.number();
        figures.denials = in.number();
        figures.transactions = in.number();
        figures.failedTurns = in.number();
        figures.failedRequests = in.number();
        figures.telemetryRequests = in.number();
        figures.reports = in.number();
        figures.reportedPicoUsd = in.number();
        figures.spend = Spend.read(in);
        figures.editorSpend = Spend.read(in);
        figures.openStarts = TimeList.read(in);
        figures.latencyAll = LatencySketch.read(in);
        figures.latencyTools = LatencySketch.read(in);
        figures.latencyModels = LatencySketch.read(in);
        figures.tools = NameTable.read(in, 3);
        figures.models = NameTable.read(in, 1);
        return figures;
    }
}
