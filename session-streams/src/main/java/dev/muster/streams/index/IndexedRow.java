/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.FactMarks;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The row of an index that is looked at; the index's lock is held meanwhile. */
final class IndexedRow implements SessionSummary {

    private final NameDictionary agents;
    private final NameDictionary models;
    private final NameFilter model;
    private final NameFilter tool;
    private final NameDictionary values;
    /** By dimension. */
    private final NameFilter[] value;

    private final PackedText.Reader reader = new PackedText.Reader();
    private final Usage usage = new Usage();
    private SessionColumns part = new SessionColumns(0);
    private int at;
    private String comparedId = "";
    private long comparedPrefix = prefix("");

    /** No row yet. */
    IndexedRow(NameDictionary agents, NameDictionary models, NameDictionary tools, NameDictionary values) {
        this.agents = agents;
        this.models = models;
        model = new NameFilter(models);
        tool = new NameFilter(tools);
        this.values = values;
        value = Stream.generate(() -> new NameFilter(values))
                .limit(Dimension.values().length)
                .toArray(NameFilter[]::new);
    }

    /** Looks at a row of a part. */
    void at(SessionColumns columns, int row) {
        part = columns;
        at = row;
    }

    private PackedText.Reader packed() {
        return reader.of(Objects.requireNonNull(part.packed[at]));
    }

    @Override
    public String id() {
        return packed().text();
    }

    @Override
    public String agentId() {
        return agents.name(part.agent[at]);
    }

    @Override
    public int agentNumber() {
        return part.agent[at];
    }

    @Override
    public boolean isOfAgent() {
        return (part.flags[at] & SessionColumns.IS_OF_AGENT) != 0;
    }

    @Override
    public long first() {
        return part.first[at];
    }

    @Override
    public long last() {
        return part.last[at];
    }

    @Override
    public long picoUsd() {
        return part.picoUsd[at];
    }

    @Override
    public long tokens() {
        return part.tokens[at];
    }

    @Override
    public long errors() {
        return part.errors[at];
    }

    @Override
    public long p95() {
        return part.p95[at];
    }

    @Override
    public long traces() {
        return part.traces[at];
    }

    @Override
    public long latestTraceStart() {
        return part.latestTraceStart[at];
    }

    @Override
    public long activeUntil() {
        return part.activeUntil[at];
    }

    @Override
    public @Nullable String at(Dimension dimension) {
        int number = part.dimensions[dimension.ordinal()][at] - 1;
        return number < 0 ? null : values.name(number);
    }

    @Override
    public boolean isAt(Dimension dimension, String wanted) {
        int number = value[dimension.ordinal()].number(wanted);
        return number >= 0 && part.dimensions[dimension.ordinal()][at] == number + 1;
    }

    @Override
    public boolean isErrored() {
        return (part.flags[at] & SessionColumns.IS_ERRORED) != 0;
    }

    @Override
    public long startDay() {
        return part.startDay[at] == SessionColumns.NO_DAY ? SessionSummary.NO_DAY : part.startDay[at];
    }

    @Override
    public boolean hasModel(String name) {
        int number = model.number(name);
        if (number < 0 || (part.modelBits[at] & PackedText.bit(number)) == 0) {
            return false;
        }
        PackedText.Reader packed = packed();
        packed.skipText();
        packed.skipTitle();
        return packed.hasName(number);
    }

    @Override
    public boolean hasTool(String name) {
        int number = tool.number(name);
        if (number < 0 || (part.toolBits[at] & PackedText.bit(number)) == 0) {
            return false;
        }
        PackedText.Reader packed = packed();
        packed.skipText();
        packed.skipTitle();
        packed.skipNames();
        return packed.hasName(number);
    }

    @Override
    public boolean mayHave(FactMarks wanted) {
        return wanted.isWithin(part.marks, at * FactMarks.WORDS);
    }

    @Override
    public boolean titleContains(SearchText text) {
        if (!text.mayBeIn(part.titleSignature[at])) {
            return false;
        }
        PackedText.Reader packed = packed();
        packed.skipText();
        return packed.titleContains(text);
    }

    @Override
    public int compareIdTo(String other) {
        if (!other.equals(comparedId)) {
            comparedId = other;
            comparedPrefix = prefix(other);
        }
        int order = Long.compareUnsigned(part.idPrefix[at], comparedPrefix);
        return order != 0 ? order : packed().compareText(other);
    }

    @Override
    public void eachSpend(SpendConsumer consumer) {
        PackedText.Reader packed = packed();
        packed.skipText();
        packed.skipTitle();
        packed.skipNames();
        packed.skipNames();
        while (packed.hasMore()) {
            long day = packed.number();
            String name = models.name((int) packed.number());
            packed.usage(usage);
            consumer.accept(day, name, usage);
        }
    }

    /** The beginning of a text as a number that sorts as it does, or is equal: of eight characters while they are below 255. */
    static long prefix(String text) {
        long prefix = 0;
        boolean isExact = true;
        for (int i = 0; i < Long.BYTES; i++) {
            int c = isExact && i < text.length() ? text.charAt(i) : 0;
            isExact &= c < 0xFF;
            prefix = (prefix << Byte.SIZE) | Math.min(c, 0xFF);
        }
        return prefix;
    }

    /** A name that is asked for session after session, and its number. */
    private static final class NameFilter {

        private final NameDictionary names;
        private String name = "";
        private int number = -1;

        NameFilter(NameDictionary names) {
            this.names = names;
        }

        int number(String wanted) {
            // A number is given once, so one that was found stays.
            if (number < 0 || !wanted.equals(name)) {
                name = wanted;
                number = names.find(wanted);
            }
            return number;
        }
    }
}
