/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.schemas.avro.FactKind;
import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened on one day, by the events' own times. Changes by difference. */
public final class DayFigures {

    /** So many models of a session keep a share of their own on each of its days, which lie together in its row. */
    private static final int SESSION_MODELS = 12;

    private long events;
    private long toolCalls;
    private long failedFacts;
    private final ModelTable models;

    /** Those of an agent. */
    DayFigures() {
        this(new ModelTable());
    }

    private DayFigures(ModelTable models) {
        this.models = models;
    }

    /** Those of one session, of which there may be many. */
    static DayFigures ofSession() {
        return new DayFigures(new ModelTable(SESSION_MODELS));
    }

    /** All that a session's figures hold: of one that has been on one day only. */
    static DayFigures of(Figures figures) {
        DayFigures day = ofSession();
        day.events = figures.events();
        day.toolCalls = figures.toolCalls();
        day.failedFacts = figures.failedFacts();
        day.models.add(figures.modelTable(), 1);
        return day;
    }

    /** Takes a fact in (sign 1) or out (sign -1); an editor's usage goes by {@link #addEditorSpend}. */
    void count(Fact fact, Cost cost, int sign) {
        events += sign;
        toolCalls += fact.kind == FactKind.TOOL_END ? sign : 0;
        failedFacts += fact.failed && fact.kind != FactKind.FAILED_TURN ? sign : 0;
        if (fact.usesModel()) {
            models.count(fact.model, fact.editorRequest == 0 ? fact.tokens : null, cost, sign);
        }
    }

    void addEditorSpend(@Nullable String model, TokenCounts tokens, Cost cost, int sign) {
        models.addEditorSpend(model, tokens, cost, sign);
    }

    /** Takes in what another holds, or out again, with the editor's usage added to the rest or left out. */
    void addResolved(DayFigures other, boolean withEditor, int sign) {
        events += sign * other.events;
        toolCalls += sign * other.toolCalls;
        failedFacts += sign * other.failedFacts;
        models.addResolved(other.models, withEditor, sign);
    }

    /** Whether the same happened on another. */
    boolean isSameAs(DayFigures other) {
        return events == other.events
                && toolCalls == other.toolCalls
                && failedFacts == other.failedFacts
                && models.isSameAs(other.models);
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
        return failedFacts;
    }

    /** The table of the models, to be added elsewhere. */
    ModelTable modelTable() {
        return models;
    }

    /** Requests, tokens and cost by model. */
    public List<ModelTable.Share> models() {
        return models.shares(false);
    }

    void write(StateOutput out) {
        out.number(events);
        out.number(toolCalls);
        out.number(failedFacts);
        models.write(out);
    }

    static DayFigures read(StateInput in) {
        return read(in, NameTable.MAX_NAMES);
    }

    static DayFigures readOfSession(StateInput in) {
        return read(in, SESSION_MODELS);
    }

    private static DayFigures read(StateInput in, int models) {
        long events = in.number();
        long toolCalls = in.number();
        long failedFacts = in.number();
        DayFigures day = new DayFigures(ModelTable.read(in, models));
        day.events = events;
        day.toolCalls = toolCalls;
        day.failedFacts = failedFacts;
        return day;
    }
}
