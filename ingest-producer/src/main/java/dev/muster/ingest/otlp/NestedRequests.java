/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which spans tell of one model request: where a framework and the provider's library are both instrumented, a request's span lies
 * within another of the same request. They are one when the one is within the other, with nothing but other work's spans between,
 * with the same model and the same numbers, and without two ids of a response that differ. Two requests side by side are two,
 * whatever their numbers.
 *
 * <p>Spans come in any order, the inner one first as a rule. The latest are remembered, in one collector: spans of one trace are to
 * go through one.
 */
final class NestedRequests {

    private static final int REMEMBERED = 50_000;
    /** How many spans of other work may lie between. */
    private static final int DEPTH = 4;

    /** A span of an account; ids of spans are unique in a trace only. */
    private record SpanKey(String account, String trace, String span) {}

    /** A request, by the id that the fact has. */
    private record Request(
            String id,
            @Nullable String responseId,
            @Nullable String model,
            Tokens tokens) {
        boolean isToldBy(HookEvent event) {
            Tokens other = event.getTokens();
            return other != null
                    && sizeOfPrompt(tokens) + tokens.getOutput() > 0
                    && sizeOfPrompt(tokens) == sizeOfPrompt(other)
                    && tokens.getOutput() == other.getOutput()
                    && agree(responseId, event.getRequestId())
                    && (agree(model, event.getModel()) || contain(model, event.getModel()));
        }

        private static boolean agree(@Nullable String a, @Nullable String b) {
            return a == null || b == null || a.equals(b);
        }

        /** A provider's name of a model is the framework's with a region before it, or a date behind. */
        private static boolean contain(@Nullable String a, @Nullable String b) {
            return a != null && b != null && (a.contains(b) || b.contains(a));
        }

        /** What is read of a cache is part of the input to some, and beside it to others. */
        private static long sizeOfPrompt(Tokens tokens) {
            return tokens.getInput() + tokens.getCacheRead() + tokens.getCacheWrite5m() + tokens.getCacheWrite1h();
        }
    }

    /** A request within a span, so many spans below it. */
    private record Inner(Request request, int depth) {}

    private final Map<SpanKey, SpanKey> parents = latest();
    private final Map<SpanKey, Request> requests = latest();
    private final Map<SpanKey, Inner> inners = latest();

    @SuppressWarnings("serial") // never serialized
    private static <V> Map<SpanKey, V> latest() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<SpanKey, V> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    /** Learns where a span lies, of whatever work it is. */
    synchronized void learn(TelemetryRecord record) {
        Optional<SpanKey> span = key(record, record.ids().span());
        Optional<SpanKey> parent = key(record, record.ids().parent());
        if (record.signal() != TelemetryRecord.Signal.SPAN || span.isEmpty() || parent.isEmpty()) {
            return;
        }
        parents.put(span.get(), parent.get());
        Inner inner = inners.get(span.get());
        if (inner != null && inner.depth < DEPTH && !requests.containsKey(span.get())) {
            inners.putIfAbsent(parent.get(), new Inner(inner.request, inner.depth + 1));
        }
    }

    /**
     * The id of the request that a record tells of.
     *
     * @param event what was read of it, with its own id
     */
    synchronized String idOf(TelemetryRecord record, HookEvent event) {
        Optional<SpanKey> own = key(record, record.ids().span());
        Tokens tokens = event.getTokens();
        if (own.isEmpty() || tokens == null) {
            return event.getId();
        }
        boolean isSpan = record.signal() == TelemetryRecord.Signal.SPAN;
        Request known = requests.get(own.get());
        known = known == null && isSpan ? above(own.get(), event) : known;
        known = known == null && isSpan ? within(own.get(), event) : known;
        boolean isOne = known != null && known.isToldBy(event);
        if (isSpan) {
            String id = isOne ? Objects.requireNonNull(known).id : event.getId();
            Request told = new Request(id, event.getRequestId(), event.getModel(), tokens);
            requests.put(own.get(), told);
            key(record, record.ids().parent()).ifPresent(parent -> inners.putIfAbsent(parent, new Inner(told, 0)));
            return id;
        }
        // A log record names the span it was written in, and may have an id of its own.
        return isOne && event.getRequestId() == null ? Objects.requireNonNull(known).id : event.getId();
    }

    private @Nullable Request above(SpanKey span, HookEvent event) {
        SpanKey above = parents.get(span);
        for (int depth = 0; above != null && depth <= DEPTH; depth++) {
            Request request = requests.get(above);
            if (request != null) {
                return request.isToldBy(event) ? request : null;
            }
            above = parents.get(above);
        }
        return null;
    }

    private @Nullable Request within(SpanKey span, HookEvent event) {
        Inner inner = inners.get(span);
        return inner != null && inner.request.isToldBy(event) ? inner.request : null;
    }

    private static Optional<SpanKey> key(TelemetryRecord record, Optional<String> span) {
        return span.map(id ->
                new SpanKey(record.incoming().account(), record.ids().trace().orElse(""), id));
    }
}
