/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A table in Markdown: words to the left, figures to the right. */
final class Markdown {

    private static final String NONE = "–";

    private final List<String> lines = new ArrayList<>();

    /**
     * Begins a table.
     *
     * @param words how many of the columns, the first ones, are words
     */
    Markdown(int words, List<String> header) {
        row(header);
        List<String> alignment = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            alignment.add(i < words ? "---" : "---:");
        }
        row(alignment);
    }

    Markdown row(List<String> cells) {
        lines.add(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
        return this;
    }

    /** A count, with commas between thousands. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A figure without digits behind the point, with commas between thousands. */
    static String whole(double figure) {
        return shown(figure, 0);
    }

    /** A figure with as many digits behind the point. */
    static String shown(double figure, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", figure);
    }

    /** A figure that may not be there. */
    static String shown(OptionalDouble figure, int digits) {
        return figure.isPresent() ? shown(figure.getAsDouble(), digits) : NONE;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
