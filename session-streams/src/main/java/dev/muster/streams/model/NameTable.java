/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counters by name, for a bounded number of names: the first by their order keep counters of their own, the others share
 * those of {@value #OTHERS}. Which names are kept depends on which were ever seen, not on the order they came in.
 */
public final class NameTable {

    /** The name of all that have no counters of their own. */
    static final String OTHERS = "(others)";

    private static final int MAX_NAMES = 100;
    private static final int MAX_BYTES = 200;

    private final int columns;
    private final TreeMap<String, long[]> rows = new TreeMap<>();
    private long @Nullable [] others;

    NameTable(int columns) {
        this.columns = columns;
    }

    /** The counters of a name, to be changed in place. */
    long[] of(String name) {
        String key = Texts.upToBytes(name, MAX_BYTES);
        long[] found = rows.get(key);
        if (found != null) {
            return found;
        }
        if (rows.size() >= MAX_NAMES) {
            if (key.compareTo(rows.lastKey()) > 0) {
                return ofOthers();
            }
            long[] last = rows.pollLastEntry().getValue();
            long[] into = ofOthers();
            for (int i = 0; i < columns; i++) {
                into[i] += last[i];
            }
        }
        long[] row = new long[columns];
        rows.put(key, row);
        return row;
    }

    private long[] ofOthers() {
        long[] row = others;
        if (row == null) {
            row = new long[columns];
            others = row;
        }
        return row;
    }

    /**
     * One name's counters.
     *
     * @param name the name
     * @param counters in the order of the columns
     */
    public record Row(String name, long[] counters) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row row && row.name.equals(name) && Arrays.equals(row.counters, counters);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(counters);
        }
    }

    /** The names whose counters are not all 0, in order, the others last. */
    List<Row> rows() {
        List<Row> result = new ArrayList<>(rows.size() + 1);
        rows.forEach((name, counters) -> {
            if (Arrays.stream(counters).anyMatch(counter -> counter != 0)) {
                result.add(new Row(name, counters.clone()));
            }
        });
        long[] rest = others;
        if (rest != null && Arrays.stream(rest).anyMatch(counter -> counter != 0)) {
            result.add(new Row(OTHERS, rest.clone()));
        }
        return result;
    }

    void write(StateOutput out) {
        long[] rest = others;
        out.array(rows.size() + (rest == null ? 0 : 1));
        rows.forEach((name, counters) -> writeRow(out, name, counters));
        if (rest != null) {
            writeRow(out, "", rest);
        }
        out.arrayEnd();
    }

    private static void writeRow(StateOutput out, String name, long[] counters) {
        out.item();
        out.text(name);
        for (long counter : counters) {
            out.number(counter);
        }
    }

    static NameTable read(StateInput in, int columns) {
        NameTable table = new NameTable(columns);
        in.array(() -> {
            String name = in.text();
            long[] counters = new long[columns];
            for (int i = 0; i < columns; i++) {
                counters[i] = in.number();
            }
            if (name.isEmpty()) {
                table.others = counters;
            } else {
                table.rows.put(name, counters);
            }
        });
        return table;
    }
}
