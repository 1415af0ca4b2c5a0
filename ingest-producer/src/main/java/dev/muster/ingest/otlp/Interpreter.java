/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gives each record to the first dialect that matches it. A record that yields no event is counted by its name. */
final class Interpreter {

    private static final String UNNAMED = "unnamed";

    private final List<Dialect> dialects;
    private final Consumer<TelemetryRecord> seen;

    /**
     * An interpreter.
     *
     * @param dialects in the order in which they are asked
     * @param seen is shown every record before
     */
    Interpreter(List<Dialect> dialects, Consumer<TelemetryRecord> seen) {
        this.dialects = List.copyOf(dialects);
        this.seen = seen;
    }

    MappedBody read(Stream<TelemetryRecord> records) {
        List<MappedBody.Part> parts = new ArrayList<>();
        List<MappedBody.Refusal> refused = new ArrayList<>();
        Map<String, Integer> ignored = new TreeMap<>();
        boolean isKnown = false;
        List<TelemetryRecord> all = records.toList();
        all.forEach(seen);
        // What lies around comes before what lies within.
        List<Integer> order = IntStream.range(0, all.size())
                .boxed()
                .sorted(Comparator.comparingLong(index -> all.get(index).times().start()))
                .toList();
        for (int index : order) {
            TelemetryRecord record = all.get(index);
            Optional<Dialect> dialect = dialectOf(record);
            isKnown |= dialect.isPresent();
            List<HookEvent> facts = dialect.map(of -> of.events(record)).orElse(List.of());
            List<Issue> issues = RecordCheck.issues(record, facts);
            if (!issues.isEmpty()) {
                refused.add(MappedBody.Refusal.invalid(index, issues));
            } else if (facts.isEmpty()) {
                ignored.merge(nameOf(record.name()), 1, Integer::sum);
            } else {
                parts.add(new MappedBody.Part(index, facts));
            }
        }
        parts.sort(Comparator.comparingInt(MappedBody.Part::index));
        refused.sort(Comparator.comparingInt(MappedBody.Refusal::index));
        return new MappedBody(parts, refused, ignored, !all.isEmpty() && !isKnown);
    }

    /** The name by which something is counted. */
    static String nameOf(String sent) {
        return sent.isBlank() ? UNNAMED : Text.cut(sent, Text.NAME);
    }

    private Optional<Dialect> dialectOf(TelemetryRecord record) {
        return dialects.stream().filter(dialect -> dialect.matches(record)).findFirst();
    }
}
