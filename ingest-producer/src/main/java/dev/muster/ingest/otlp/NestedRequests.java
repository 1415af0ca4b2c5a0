/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.LatestMap;
import dev.muster.ingest.source.RequestNumbers;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which spans tell of one model request: where a framework and the provider's library are both instrumented, a request's span lies
 * within another of the same request. They are one when the one is within the other, with nothing but other work's spans between,
 * with the same model and the same numbers, and without two ids of a response that differ. Two requests side by side are two,
 * whatever their numbers.
 *
 * <p>Spans come in any order, the inner one first as a rule; those of one body are learnt before any is read. The latest are
 * remembered, in one collector: spans of one trace are to go through one. Of three that lie within each other and come apart, the
 * middle one last, the outer and the inner have been told as two by then.
 */
final class NestedRequests {

    private static final int REMEMBERED = 50_000;
    /** How many spans of other work may lie between. */
    private static final int DEPTH = 4;
    /** How many requests within a span are looked at. */
    private static final int WITHIN = 16;

    /** A span of an account; ids of spans are unique in a trace only. */
    private record SpanKey(String account, String trace, String span) {}

    /** A span that tells of a request. */
    private static final class Request {
        private final String id;
        private final @Nullable String session;
        private final @Nullable String responseId;
        private final @Nullable String model;
        /** Null of one that failed. */
        private final @Nullable Tokens tokens;
        /** The span within that is the same request; null while there is none. */
        private @Nullable SpanKey inner;

        Request(HookEvent event) {
            id = event.getId();
            session = event.getSessionId();
            responseId = event.getRequestId();
            model = event.getModel();
            tokens = event.getTokens();
        }

        boolean isToldBy(HookEvent event) {
            return haveSameNumbers(tokens, event.getTokens())
                    && agree(responseId, event.getRequestId())
                    && agree(session, event.getSessionId())
                    && (agree(model, event.getModel()) || contain(model, event.getModel()));
        }

        private static boolean haveSameNumbers(@Nullable Tokens a, @Nullable Tokens b) {
            if (a == null || b == null) {
                return a == null && b == null;
            }
            return RequestNumbers.ofPrompt(a) + a.getOutput() > 0 && RequestNumbers.areEqual(a, b);
        }

        private static boolean agree(@Nullable String a, @Nullable String b) {
            return a == null || b == null || a.equals(b);
        }

        /** A provider's name of a model is the framework's with a region before it, or a date behind. */
        private static boolean contain(@Nullable String a, @Nullable String b) {
            return a != null && b != null && (a.contains(b) || b.contains(a));
        }
    }

    private final Map<SpanKey, SpanKey> parents = LatestMap.byInsertion(REMEMBERED);
    private final Map<SpanKey, Request> requests = LatestMap.byInsertion(REMEMBERED);
    /** The requests that lie within a span, with nothing but other work between. */
    private final Map<SpanKey, List<SpanKey>> inners = LatestMap.byInsertion(REMEMBERED);

    /** Learns where a span lies, of whatever work it is. */
    synchronized void learn(TelemetryRecord record) {
        Optional<SpanKey> span = key(record, record.ids().span());
        Optional<SpanKey> parent = key(record, record.ids().parent());
        if (isSpan(record) && span.isPresent() && parent.isPresent()) {
            parents.put(span.get(), parent.get());
            if (!requests.containsKey(span.get())) {
                inners.getOrDefault(span.get(), List.of()).forEach(this::show);
            }
        }
    }

    /** Shows a request to the spans that it lies within, up to the next request. */
    private void show(SpanKey request) {
        SpanKey above = parents.get(request);
        for (int depth = 0; above != null && depth <= DEPTH; depth++) {
            List<SpanKey> within = inners.computeIfAbsent(above, first -> new ArrayList<>());
            if (within.size() < WITHIN && !within.contains(request)) {
                within.add(request);
            }
            above = requests.containsKey(above) ? null : parents.get(above);
        }
    }

    /**
     * Gives an event the id, and where it names none the session, of the request that it is one with.
     *
     * @param event what was read of a record, with its own id
     */
    synchronized void settle(TelemetryRecord record, HookEvent event) {
        SpanKey span = key(record, record.ids().span()).orElse(null);
        if (span == null || (event.getTokens() == null && event.getOutcome() != Outcome.FAILED)) {
            return;
        }
        Request before = requests.get(span);
        if (!isSpan(record)) {
            join(event, before);
            return;
        }
        SpanKey inner = before == null ? within(span, event) : before.inner;
        Request outer = before == null ? above(span, event) : before;
        join(event, outer == null && inner != null ? requests.get(inner) : outer);
        Request told = new Request(event);
        told.inner = inner;
        requests.put(span, told);
        show(span);
    }

    private static void join(HookEvent event, @Nullable Request known) {
        if (known != null && known.isToldBy(event)) {
            event.setId(known.id);
            event.setSessionId(event.getSessionId() == null ? known.session : event.getSessionId());
        }
    }

    /** The request that a span is within and one with: the first one above, unless another span within is one with it. */
    private @Nullable Request above(SpanKey span, HookEvent event) {
        SpanKey above = parents.get(span);
        for (int depth = 0; above != null && depth <= DEPTH; depth++) {
            Request request = requests.get(above);
            if (request != null) {
                boolean isFree = request.inner == null || request.inner.equals(span);
                if (isFree && request.isToldBy(event)) {
                    request.inner = span;
                    return request;
                }
                return null;
            }
            above = parents.get(above);
        }
        return null;
    }

    /** The request within a span that is one with it. */
    private @Nullable SpanKey within(SpanKey span, HookEvent event) {
        for (SpanKey inner : inners.getOrDefault(span, List.of())) {
            Request request = requests.get(inner);
            if (request != null && request.isToldBy(event)) {
                return inner;
            }
        }
        return null;
    }

    private static boolean isSpan(TelemetryRecord record) {
        return record.signal() == TelemetryRecord.Signal.SPAN;
    }

    private static Optional<SpanKey> key(TelemetryRecord record, Optional<String> span) {
        return span.map(id ->
                new SpanKey(record.incoming().account(), record.ids().trace().orElse(""), id));
    }
}
