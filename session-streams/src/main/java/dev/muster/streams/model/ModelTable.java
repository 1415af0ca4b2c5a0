/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import dev.muster.streams.price.Cost;
import dev.muster.streams.price.TokenCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests, tokens and cost by model; an editor's repeated usage apart. Changes by difference. */
public final class ModelTable {

    /** The name under which usage is counted that names no model. */
    static final String UNKNOWN = "(unknown)";

    private static final int REQUESTS = 0;
    private static final int SPEND = 1;
    private static final int SPEND_COLUMNS = 7;
    private static final int EDITOR_SPEND = SPEND + SPEND_COLUMNS;
    private static final int COLUMNS = EDITOR_SPEND + SPEND_COLUMNS;

    private final NameTable table;

    /**
     * One model's share.
     *
     * @param name the model as its source names it
     * @param requests how many requests
     * @param spend tokens and their cost
     */
    public record Share(String name, long requests, Spend spend) {}

    ModelTable() {
        this(NameTable.MAX_NAMES);
    }

    /** A table in which so many models keep a share of their own. */
    ModelTable(int max) {
        this(new NameTable(COLUMNS, max));
    }

    private ModelTable(NameTable table) {
        this.table = table;
    }

    /** Takes a request in (sign 1) or out (sign -1), with its usage if that is not an editor's. */
    void count(@Nullable String model, @Nullable TokenCounts tokens, Cost cost, int sign) {
        int row = table.row(model == null ? UNKNOWN : model);
        table.add(row, REQUESTS, sign);
        if (tokens != null) {
            add(row, SPEND, tokens, cost, sign);
        }
    }

    void addEditorSpend(@Nullable String model, TokenCounts tokens, Cost cost, int sign) {
        add(table.row(model == null ? UNKNOWN : model), EDITOR_SPEND, tokens, cost, sign);
    }

    private void add(int row, int from, TokenCounts tokens, Cost cost, int sign) {
        table.add(row, from, sign * tokens.input());
        table.add(row, from + 1, sign * tokens.output());
        table.add(row, from + 2, sign * tokens.cacheRead());
        table.add(row, from + 3, sign * tokens.cacheWrite5m());
        table.add(row, from + 4, sign * tokens.cacheWrite1h());
        table.add(row, from + 5, sign * cost.picoUsd());
        table.add(row, from + 6, sign * cost.unpricedTokens());
    }

    /** Takes in what another holds, or with a negative sign out again. */
    void add(ModelTable other, int sign) {
        table.add(other.table, sign);
    }

    /** Takes in what another holds, or out again, with the editor's usage added to the rest or left out. */
    void addResolved(ModelTable other, boolean withEditor, int sign) {
        for (NameTable.Row from : other.table.rows()) {
            int row = table.row(from);
            table.add(row, REQUESTS, sign * from.counters()[REQUESTS]);
            for (int column = 0; column < SPEND_COLUMNS; column++) {
                long editor = withEditor ? from.counters()[EDITOR_SPEND + column] : 0;
                table.add(row, SPEND + column, sign * (from.counters()[SPEND + column] + editor));
            }
        }
    }

    /** The shares, by name, the editor's usage left out or added. */
    List<Share> shares(boolean withEditor) {
        return table.rows().stream()
                .map(row -> new Share(row.name(), row.counters()[REQUESTS], spend(row.counters(), withEditor)))
                .toList();
    }

    private static Spend spend(long[] counters, boolean withEditor) {
        Spend spend = spend(counters, SPEND);
        if (withEditor) {
            spend.add(spend(counters, EDITOR_SPEND));
        }
        return spend;
    }

    private static Spend spend(long[] counters, int from) {
        Spend spend = new Spend();
        spend.add(
                new TokenCounts(
                        counters[from], counters[from + 1], counters[from + 2], counters[from + 3], counters[from + 4]),
                new Cost(counters[from + 5], counters[from + 6]),
                1);
        return spend;
    }

    /** The models' names, sorted. */
    List<String> names() {
        List<String> names = table.names();
        names.remove(UNKNOWN);
        return names;
    }

    boolean isSameAs(ModelTable other) {
        return table.isSameAs(other.table);
    }

    boolean isEmpty() {
        return table.isEmpty();
    }

    void write(StateOutput out) {
        table.write(out);
    }

    static ModelTable read(StateInput in) {
        return read(in, NameTable.MAX_NAMES);
    }

    /** Reads a table in which so many models keep a share of their own. */
    static ModelTable read(StateInput in, int max) {
        return new ModelTable(NameTable.read(in, new NameTable(COLUMNS, max)));
    }
}
