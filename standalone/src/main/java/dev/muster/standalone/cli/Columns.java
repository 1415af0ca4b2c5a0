/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import java.io.PrintWriter;
import java.util.List;

/** Lines of cells, printed in columns as wide as what stands in them. */
final class Columns {

    private static final int GAP = 2;

    private Columns() {}

    /** Prints lines that all have as many cells. */
    static void print(PrintWriter out, List<List<String>> lines) {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                String cell = line.get(column);
                text.append(cell).append(" ".repeat(width(lines, column) - cell.length() + GAP));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
