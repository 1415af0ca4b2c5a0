/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Reading;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Asks the dialects what records tell. A record that none of them understands is counted by its name. */
final class Interpreter {

    private static final String UNNAMED = "unnamed";

    private final List<Dialect> dialects;

    /**
     * An interpreter.
     *
     * @param dialects in the order in which they are asked
     */
    Interpreter(List<Dialect> dialects) {
        this.dialects = List.copyOf(dialects);
    }

    Reading read(Stream<Told> records) {
        List<Reading.Part> parts = new ArrayList<>();
        List<Reading.Refusal> refused = new ArrayList<>();
        Map<String, Integer> ignored = new TreeMap<>();
        int index = 0;
        for (Iterator<Told> each = records.iterator(); each.hasNext(); index++) {
            Told told = each.next();
            List<HookEvent> facts = events(told);
            List<Issue> issues = Admission.issues(told, facts);
            if (!issues.isEmpty()) {
                refused.add(Reading.Refusal.invalid(index, issues));
            } else if (facts.isEmpty()) {
                ignored.merge(nameOf(told.name()), 1, Integer::sum);
            } else {
                parts.add(new Reading.Part(index, facts));
            }
        }
        return new Reading(parts, refused, ignored);
    }

    /** The name by which something is counted. */
    static String nameOf(String told) {
        return told.isBlank() ? UNNAMED : Text.cut(told, Text.NAME);
    }

    private List<HookEvent> events(Told told) {
        return dialects.stream()
                .filter(dialect -> dialect.speaks(told))
                .findFirst()
                .map(dialect -> dialect.events(told))
                .orElse(List.of());
    }
}
