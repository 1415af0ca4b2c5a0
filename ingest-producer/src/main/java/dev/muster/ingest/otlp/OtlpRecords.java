/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.muster.ingest.otlp.TelemetryRecord.Ids;
import dev.muster.ingest.otlp.TelemetryRecord.Signal;
import dev.muster.ingest.otlp.TelemetryRecord.Times;
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

/** Lists the log records or the spans of an OTLP request. */
final class OtlpRecords {

    /** A log body of one word is the record's name; any other is free text, and not for metrics. */
    private static final Pattern NAME = Pattern.compile("[\\w.:/-]{1,100}");

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final long HALF_MILLI = TimeUnit.MILLISECONDS.toNanos(1) / 2;

    private OtlpRecords() {}

    static Stream<LogRecord> logsOf(ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream()
                .flatMap(of -> of.getScopeLogsList().stream())
                .flatMap(scope -> scope.getLogRecordsList().stream());
    }

    static Stream<Span> spansOf(ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream()
                .flatMap(of -> of.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream());
    }

    static Stream<TelemetryRecord> logs(Incoming incoming, ExportLogsServiceRequest request) {
        return request.getResourceLogsList().stream().flatMap(of -> {
            ObjectNode resource = AnyValues.object(of.getResource().getAttributesList());
            return of.getScopeLogsList().stream()
                    .flatMap(scope -> scope.getLogRecordsList().stream()
                            .map(log -> log(incoming, resource, scope.getScope().getName(), log)));
        });
    }

    static Stream<TelemetryRecord> spans(Incoming incoming, ExportTraceServiceRequest request) {
        return request.getResourceSpansList().stream().flatMap(of -> {
            ObjectNode resource = AnyValues.object(of.getResource().getAttributesList());
            return of.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream()
                            .map(span ->
                                    span(incoming, resource, scope.getScope().getName(), span)));
        });
    }

    private static TelemetryRecord log(Incoming incoming, ObjectNode resource, String scope, LogRecord log) {
        ObjectNode attributes = AnyValues.object(log.getAttributesList());
        return new TelemetryRecord(
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

    private static TelemetryRecord span(Incoming incoming, ObjectNode resource, String scope, Span span) {
        return new TelemetryRecord(
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
                        OtlpTime.ofNanos(log.getTimeUnixNano()),
                        OtlpTime.ofNanos(log.getObservedTimeUnixNano()),
                        OtlpTime.ofText(attributes.path("event.timestamp").asText()))
                .flatMapToLong(OptionalLong::stream)
                .findFirst()
                .orElseGet(() -> incoming.receivedAt().toEpochMilli());
        return new Times(millis, millis, 0, Long.toUnsignedString(nanos));
    }

    private static Times times(Incoming incoming, Span span) {
        OptionalLong begun = OtlpTime.ofNanos(span.getStartTimeUnixNano());
        OptionalLong ended = OtlpTime.ofNanos(span.getEndTimeUnixNano());
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

    /** The status message; if it is blank, the message of the last recorded exception. */
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
