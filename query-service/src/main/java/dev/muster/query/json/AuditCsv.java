/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The audit log as a table: a row of column names, then a row for each entry, UTF-8. A text that a spreadsheet would take for
 * a formula has an apostrophe before it, for what agents send is not to be run by who opens the table.
 */
public final class AuditCsv {

    private static final String FORMULA_STARTS = "=+-@\t\r\n";
    private static final String PATHS =
            "timestamp type command outcome agentId agentName sessionId traceId source hookEvent"
                    + " kind toolExecuted toolDetail durationMs model tokens/input tokens/output tokens/cacheRead tokens/cacheWrite5m"
                    + " tokens/cacheWrite1h reportedUsd errorMessage denial/type prompt reasoning response displayName by reason id interrupted"
                    + " repo branch host user inputFingerprint outcomeFingerprint setAsideFrom";
    private static final Map<String, JsonPointer> COLUMNS = columns();
    private static final ObjectWriter WRITER = new CsvMapper().writer();

    private final OutputStream out;

    /** Begins a table; the stream is never closed, and never flushed. */
    public AuditCsv(OutputStream out) throws IOException {
        this.out = out;
        writeRow(List.copyOf(COLUMNS.keySet()));
    }

    /** Writes a row for an entry's document. */
    public void write(ObjectNode entry) throws IOException {
        List<String> row = new ArrayList<>(COLUMNS.size());
        COLUMNS.values().forEach(pointer -> row.add(cell(entry.at(pointer))));
        writeRow(row);
    }

    private void writeRow(List<String> row) throws IOException {
        out.write(WRITER.writeValueAsBytes(row));
    }

    private static String cell(JsonNode value) {
        String text = value instanceof POJONode stored ? stored.toString() : value.asText();
        boolean isFormula = !value.isNumber() && !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
        return isFormula ? "'" + text : text;
    }

    private static Map<String, JsonPointer> columns() {
        Map<String, JsonPointer> columns = new LinkedHashMap<>();
        for (String path : PATHS.split(" ", -1)) {
            columns.put(path.replace('/', '.'), JsonPointer.compile("/" + path));
        }
        return columns;
    }
}
