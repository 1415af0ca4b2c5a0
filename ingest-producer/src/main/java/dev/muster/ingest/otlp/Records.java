/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.muster.ingest.otlp.Told.Ids;
import dev.muster.ingest.otlp.Told.Signal;
import dev.muster.ingest.otlp.Told.Times;
import dev.muster.ingest.source.Incoming;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The records of a request, one after the other. */
final class Records {

    /** A body that is one word names the record; any other is free text, which is nothing to count by. */
    private static final Pattern NAME = Pattern.compile("[\\w.:/-]{1,100}");

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final long HALF_MILLI = TimeUnit.MILLISECONDS.toNanos(1) / 2;

    private Records() {}

    static Stream<Told> logs(Incoming incoming, ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream().flatMap(of -> {
            ObjectNode resource = AnyValues.object(of.getResource().getAttributesList());
            return of.getScopeLogsList().stream()
                    .flatMap(scope -> scope.getLogRecordsList().stream()
                            .map(log -> log(incoming, resource, scope.getScope().getName(), log)));
        });
    }

    static Stream<Told> spans(Incoming incoming, ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream().flatMap(of -> {
            ObjectNode resource = AnyValues.object(of.getResource().getAttributesList());
            return of.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream()
                            .map(span ->
                                    span(incoming, resource, scope.getScope().getName(), span)));
        });
    }

    private static Told log(Incoming incoming, ObjectNode resource, String scope, LogRecord log) {
        ObjectNode attributes = AnyValues.object(log.getAttributesList());
        return new Told(
                Signal.LOG,
                incoming,
                resource,
                scope,
                name(log, attributes),
                attributes,
                log.hasBody() ? AnyValues.node(log.getBody()) : NullNode.getInstance(),
                times(incoming, log, attributes),
                log.getSeverityNumberValue() >= SeverityNumber.SEVERITY_NUMBER_ERROR_VALUE,
                "",
                new Ids(hex(log.getTraceId(), TRACE_BYTES), hex(log.getSpanId(), SPAN_BYTES), Optional.empty()));
    }

    private static Told span(Incoming incoming, ObjectNode resource, String scope, Span span) {
        return new Told(
                Signal.SPAN,
                incoming,
                resource,
                scope,
                span.getName(),
                AnyValues.object(span.getAttributesList()),
                MissingNode.getInstance(),
                times(incoming, span),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                error(span),
                new Ids(
                        hex(span.getTraceId(), TRACE_BYTES),
                        hex(span.getSpanId(), SPAN_BYTES),
                        hex(span.getParentSpanId(), SPAN_BYTES)));
    }

    private static String name(LogRecord log, ObjectNode attributes) {
        String body = log.getBody().getStringValue();
        return Stream.of(
                        attributes.path("event.name").asText(),
                        log.getEventName(),
                        NAME.matcher(body).matches() ? body : "")
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElse("");
    }

    private static Times times(Incoming incoming, LogRecord log, ObjectNode attributes) {
        long nanos = log.getTimeUnixNano() == 0 ? log.getObservedTimeUnixNano() : log.getTimeUnixNano();
        long millis = Stream.of(
                        Moment.ofNanos(log.getTimeUnixNano()),
                        Moment.ofNanos(log.getObservedTimeUnixNano()),
                        Moment.ofText(attributes.path("event.timestamp").asText()))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElseGet(() -> incoming.receivedAt().toEpochMilli());
        return new Times(millis, millis, 0, Long.toUnsignedString(nanos));
    }

    private static Times times(Incoming incoming, Span span) {
        OptionalLong begun = Moment.ofNanos(span.getStartTimeUnixNano());
        OptionalLong ended = Moment.ofNanos(span.getEndTimeUnixNano());
        long received = incoming.receivedAt().toEpochMilli();
        long start = begun.orElse(ended.orElse(received));
        long nanos = begun.isPresent() && ended.isPresent()
                ? Math.max(0, span.getEndTimeUnixNano() - span.getStartTimeUnixNano())
                : 0;
        return new Times(
                start,
                Math.max(start, ended.orElse(start)),
                TimeUnit.NANOSECONDS.toMillis(nanos + HALF_MILLI),
                Long.toUnsignedString(span.getStartTimeUnixNano()) + "-"
                        + Long.toUnsignedString(span.getEndTimeUnixNano()));
    }

    /** The status in words, else the exception that the span recorded last. */
    private static String error(Span span) {
        return span.getEventsList().stream()
                .filter(event -> event.getName().equals("exception"))
                .map(event -> AnyValues.object(event.getAttributesList())
                        .path("exception.message")
                        .asText())
                .reduce((earlier, later) -> later)
                .filter(message -> span.getStatus().getMessage().isBlank())
                .orElse(span.getStatus().getMessage());
    }

    private static Optional<String> hex(ByteString id, int bytes) {
        return id.size() == bytes ? Optional.of(HexFormat.of().formatHex(id.toByteArray())) : Optional.empty();
    }
}
