/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counters by name, for a bounded number of names: the first by their order keep counters of their own, the others share
 * those of {@value #OTHERS}. Which names are kept depends on which were ever seen, not on the order they came in.
 */
public final class NameTable {

    /** The name of all that have no counters of their own. */
    static final String OTHERS = "(others)";

    /** The most names that keep counters of their own, unless fewer are wanted. */
    static final int MAX_NAMES = 100;

    private static final int MAX_BYTES = 200;
    private static final int FIRST_NAMES = 2;

    private final int columns;
    private final int max;
    /** In order; those from {@link #size} on are none. */
    private @Nullable String[] names = new String[FIRST_NAMES];
    /** Row by row in the order of the names; the others' row is the one behind the last. */
    private long[] counters;

    private int size;
    private boolean hasOthers;

    NameTable(int columns) {
        this(columns, MAX_NAMES);
    }

    /** A table of so many columns, in which so many names keep counters of their own. */
    NameTable(int columns, int max) {
        this.columns = columns;
        this.max = max;
        counters = new long[FIRST_NAMES * columns];
    }

    /** The row of a name's counters, for {@link #add}: good until the next name is asked for. */
    int row(String name) {
        String key = Texts.upToBytes(name, MAX_BYTES);
        int at = Arrays.binarySearch(names, 0, size, key);
        if (at >= 0) {
            return at;
        }
        at = -at - 1;
        if (at >= max) {
            return othersRow();
        }
        if (size == max) {
            moveLastToOthers();
        }
        insert(at, Names.shared(key));
        return at;
    }

    /** The row for the counters of another table's row. */
    int row(Row other) {
        return other.name().equals(OTHERS) ? othersRow() : row(other.name());
    }

    /** Adds what another table of the same columns counts, or with a negative sign takes it away. */
    void add(NameTable other, int sign) {
        for (Row from : other.rows()) {
            int row = row(from);
            for (int column = 0; column < columns; column++) {
                add(row, column, sign * from.counters[column]);
            }
        }
    }

    /** Adds to one counter of a row. */
    void add(int row, int column, long by) {
        counters[row * columns + column] += by;
    }

    private void insert(int at, String name) {
        if (size == names.length) {
            int space = Math.min(2 * size, max);
            names = Arrays.copyOf(names, space);
            counters = Arrays.copyOf(counters, space * columns);
        }
        System.arraycopy(names, at, names, at + 1, size - at);
        System.arraycopy(counters, at * columns, counters, (at + 1) * columns, (size - at) * columns);
        Arrays.fill(counters, at * columns, (at + 1) * columns, 0);
        names[at] = name;
        size++;
    }

    private void moveLastToOthers() {
        int others = othersRow();
        size--;
        for (int column = 0; column < columns; column++) {
            add(others, column, counters[size * columns + column]);
        }
    }

    private int othersRow() {
        if (!hasOthers) {
            hasOthers = true;
            names = Arrays.copyOf(names, max);
            counters = Arrays.copyOf(counters, (max + 1) * columns);
        }
        return max;
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

        private boolean counts() {
            return Arrays.stream(counters).anyMatch(counter -> counter != 0);
        }
    }

    /** The names whose counters are not all 0, in order, the others last. */
    List<Row> rows() {
        List<Row> result = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++) {
            result.add(new Row(nameOf(i), countersOf(i)));
        }
        if (hasOthers) {
            result.add(new Row(OTHERS, countersOf(max)));
        }
        result.removeIf(row -> !row.counts());
        return result;
    }

    /** The names of {@link #rows}, without their counters. */
    List<String> names() {
        List<String> result = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++) {
            if (counts(i)) {
                result.add(nameOf(i));
            }
        }
        if (hasOthers && counts(max)) {
            result.add(OTHERS);
        }
        return result;
    }

    private boolean counts(int row) {
        for (int at = row * columns; at < (row + 1) * columns; at++) {
            if (counters[at] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether another counts the same by the same names. */
    boolean isSameAs(NameTable other) {
        int rows = hasOthers ? max + 1 : size;
        return size == other.size
                && hasOthers == other.hasOthers
                && Arrays.equals(names, 0, size, other.names, 0, size)
                && Arrays.equals(counters, 0, rows * columns, other.counters, 0, rows * columns);
    }

    private String nameOf(int row) {
        return Objects.requireNonNull(names[row]);
    }

    private long[] countersOf(int row) {
        return Arrays.copyOfRange(counters, row * columns, (row + 1) * columns);
    }

    /** Whether no name was ever seen. */
    boolean isEmpty() {
        return size == 0 && !hasOthers;
    }

    void write(StateOutput out) {
        out.array(size + (hasOthers ? 1 : 0));
        for (int i = 0; i < size; i++) {
            writeRow(out, nameOf(i), i);
        }
        if (hasOthers) {
            writeRow(out, "", max);
        }
        out.arrayEnd();
    }

    private void writeRow(StateOutput out, String name, int row) {
        out.item();
        out.text(name);
        for (int column = 0; column < columns; column++) {
            out.number(counters[row * columns + column]);
        }
    }

    static NameTable read(StateInput in, int columns) {
        return read(in, new NameTable(columns));
    }

    /** Reads into a table that is empty. */
    static NameTable read(StateInput in, NameTable table) {
        in.array(() -> {
            String name = in.text();
            int row = name.isEmpty() ? table.othersRow() : table.row(name);
            for (int column = 0; column < table.columns; column++) {
                table.add(row, column, in.number());
            }
        });
        return table;
    }
}
