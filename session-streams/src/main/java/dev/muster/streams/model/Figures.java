/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures that a session and a trace share. All of them change by difference, so that any fact can be withdrawn. Parts
 * that nothing was counted in yet are null: most traces have no editor's usage, and many no tool call.
 */
public final class Figures {

    private static final int CALLS = 0;
    private static final int ERRORS = 1;
    private static final int TOTAL_MS = 2;
    private static final int TOOL_COLUMNS = 3;

    private long events;
    private long toolCalls;
    private long errors;
    private long denials;
    private long interrupts;
    private long transactions;
    private long failedTurns;
    private long failedRequests;
    private long telemetryRequests;
    private long reports;
    private long reportedPicoUsd;
    private @Nullable Spend spend;
    private @Nullable Spend editorSpend;
    private @Nullable TimeList openStarts;
    private Latencies latencies = new Latencies();
    private @Nullable NameTable tools;
    private @Nullable ModelTable models;

    /** Takes a fact in (sign 1) or out (sign -1); an editor's usage goes by {@link #addEditorSpend}. */
    void count(Fact fact, Cost cost, int sign) {
        events += sign;
        if (fact.transaction) {
            transactions += sign;
        }
        if (fact.denied) {
            denials += sign;
        }
        if (fact.interrupted) {
            interrupts += sign;
        }
        if (fact.kind == FactKind.FAILED_TURN) {
            failedTurns += fact.interrupted ? 0 : sign;
        } else if (fact.failed) {
            errors += sign;
        }
        if (fact.kind == FactKind.MODEL_REQUEST && fact.outcome == Fact.FAILED) {
            // One that the user broke off explains the turn that failed with it, too.
            failedRequests += sign;
        }
        if (fact.telemetryRequest) {
            telemetryRequests += sign;
        }
        if (fact.reportedPicoUsd >= 0) {
            reports += sign;
            reportedPicoUsd += sign * fact.reportedPicoUsd;
        }
        if (fact.tokens != null && fact.editorRequest == 0) {
            spend = orNew(spend);
            spend.add(fact.tokens, cost, sign);
        }
        if (fact.usesModel()) {
            models = orNew(models);
            models.count(fact.model, fact.editorRequest == 0 ? fact.tokens : null, cost, sign);
        }
        countCall(fact, sign);
        if (fact.durationMs >= 0) {
            latencies.add(fact.kind, fact.durationMs, sign);
        }
    }

    private void countCall(Fact fact, int sign) {
        if (fact.kind != FactKind.TOOL_END) {
            return;
        }
        toolCalls += sign;
        if (fact.tool != null) {
            tools = orNew(tools);
            int row = tools.row(fact.tool);
            tools.add(row, CALLS, sign);
            tools.add(row, ERRORS, fact.failed ? sign : 0);
            tools.add(row, TOTAL_MS, fact.durationMs > 0 ? sign * fact.durationMs : 0);
        }
    }

    private static Spend orNew(@Nullable Spend part) {
        return part == null ? new Spend() : part;
    }

    private static NameTable orNew(@Nullable NameTable part) {
        return part == null ? new NameTable(TOOL_COLUMNS) : part;
    }

    private static ModelTable orNew(@Nullable ModelTable part) {
        return part == null ? new ModelTable() : part;
    }

    void addEditorSpend(@Nullable String model, TokenCounts tokens, Cost cost, int sign) {
        editorSpend = orNew(editorSpend);
        editorSpend.add(tokens, cost, sign);
        models = orNew(models);
        models.addEditorSpend(model, tokens, cost, sign);
    }

    /**
     * Takes in what another holds, or with a negative sign out again: all but the calls that are open, with the editor's usage
     * added to the rest or left out.
     */
    void addResolved(Figures other, boolean withEditor, int sign) {
        events += sign * other.events;
        toolCalls += sign * other.toolCalls;
        errors += sign * other.errors;
        denials += sign * other.denials;
        interrupts += sign * other.interrupts;
        transactions += sign * other.transactions;
        failedTurns += sign * other.failedTurns;
        failedRequests += sign * other.failedRequests;
        telemetryRequests += sign * other.telemetryRequests;
        reports += sign * other.reports;
        reportedPicoUsd += sign * other.reportedPicoUsd;
        Spend more = other.spend(withEditor);
        if (!more.isEmpty()) {
            spend = orNew(spend);
            spend.add(more.tokens(), new Cost(more.picoUsd(), more.unpricedTokens()), sign);
        }
        latencies.add(other.latencies, sign);
        if (other.tools != null) {
            tools = orNew(tools);
            tools.add(other.tools, sign);
        }
        if (other.models != null) {
            models = orNew(models);
            models.addResolved(other.models, withEditor, sign);
        }
    }

    /** Tool calls that wait for their end; to be changed. */
    TimeList openStarts() {
        TimeList starts = openStarts;
        if (starts == null) {
            starts = new TimeList();
            openStarts = starts;
        }
        return starts;
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

    /** Failed facts other than turns, but for those that the user broke off. */
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

    /** Facts that the user broke off, which are no errors. */
    public long interrupts() {
        return interrupts;
    }

    /** Events of type tx or with a transaction. */
    public long transactions() {
        return transactions;
    }

    /** Tool calls that started by a time (epoch milliseconds) and have not ended. */
    public long openStartsBy(long time) {
        return openStarts == null ? 0 : openStarts.upTo(time);
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
        sum.add(orNew(spend));
        if (withEditor) {
            sum.add(orNew(editorSpend));
        }
        return sum;
    }

    /** Over every duration that an event reports. */
    public LatencySketch latencyAll() {
        return latencies.all();
    }

    /** Over tool calls. */
    public LatencySketch latencyTools() {
        return latencies.tools();
    }

    /** Over model requests. */
    public LatencySketch latencyModels() {
        return latencies.models();
    }

    /** Calls, errors and total milliseconds by tool. */
    public List<NameTable.Row> tools() {
        return orNew(tools).rows();
    }

    /** The tools called, by name. */
    public List<String> toolNames() {
        return tools == null ? List.of() : tools.names();
    }

    /** Requests, tokens and cost by model, an editor's repeated usage left out or added. */
    public List<ModelTable.Share> models(boolean withEditor) {
        return models == null ? List.of() : models.shares(withEditor);
    }

    /** The models asked, sorted. */
    public List<String> modelNames() {
        return models == null ? List.of() : models.names();
    }

    /** The table of the models, to be added elsewhere. */
    ModelTable modelTable() {
        return orNew(models);
    }

    void write(StateOutput out) {
        out.number(events);
        out.number(toolCalls);
        out.number(errors);
        out.number(denials);
        out.number(interrupts);
        out.number(transactions);
        out.number(failedTurns);
        out.number(failedRequests);
        out.number(telemetryRequests);
        out.number(reports);
        out.number(reportedPicoUsd);
        orNew(spend).write(out);
        orNew(editorSpend).write(out);
        (openStarts == null ? new TimeList() : openStarts).write(out);
        latencies.write(out);
        orNew(tools).write(out);
        orNew(models).write(out);
    }

    static Figures read(StateInput in) {
        Figures figures = new Figures();
        figures.events = in.number();
        figures.toolCalls = in.number();
        figures.errors = in.number();
        figures.denials = in.number();
        figures.interrupts = in.number();
        figures.transactions = in.number();
        figures.failedTurns = in.number();
        figures.failedRequests = in.number();
        figures.telemetryRequests = in.number();
        figures.reports = in.number();
        figures.reportedPicoUsd = in.number();
        figures.spend = unlessEmpty(Spend.read(in), Spend::isEmpty);
        figures.editorSpend = unlessEmpty(Spend.read(in), Spend::isEmpty);
        figures.openStarts = unlessEmpty(TimeList.read(in), starts -> starts.upTo(Long.MAX_VALUE) == 0);
        figures.latencies = Latencies.read(in);
        figures.tools = unlessEmpty(NameTable.read(in, TOOL_COLUMNS), NameTable::isEmpty);
        figures.models = unlessEmpty(ModelTable.read(in), ModelTable::isEmpty);
        return figures;
    }

    private static <T> @Nullable T unlessEmpty(T part, Predicate<T> isEmpty) {
        return isEmpty.test(part) ? null : part;
    }
}
