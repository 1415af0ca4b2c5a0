/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.google.protobuf.Message;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.MappedBody;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The source for one of OTLP's three signals. Log records and spans become events; of metrics only the names are
 * counted.
 */
public final class OtlpSource implements EventSource {

    /** The media type of protobuf's binary encoding. */
    public static final String PROTOBUF = "application/x-protobuf";

    /** The media type of OTLP's JSON. */
    public static final String JSON = "application/json";

    /** The media types that are read. */
    public static final Set<String> MEDIA_TYPES = Set.of(PROTOBUF, JSON);

    private final String name;
    private final Interpreter interpreter;
    private final Reader reader;

    private OtlpSource(String name, Interpreter interpreter, Reader reader) {
        this.name = name;
        this.interpreter = interpreter;
        this.reader = reader;
    }

    /** Asks the dialects in their order: specific ones before the general one. */
    private static Interpreter interpreter() {
        NestedRequests nested = new NestedRequests();
        return new Interpreter(List.of(new ClaudeCode(), new Codex(), new GenAi(nested)), nested::learn);
    }

    /** Log records, of which nothing is known from spans. */
    public static OtlpSource logs() {
        return new OtlpSource("otlp-logs", interpreter(), OtlpSource::logs);
    }

    /** Log records written in the spans that this one reads. */
    public OtlpSource logsBeside() {
        return new OtlpSource("otlp-logs", interpreter, OtlpSource::logs);
    }

    /** Spans. */
    public static OtlpSource traces() {
        return new OtlpSource("otlp-traces", interpreter(), OtlpSource::traces);
    }

    /** Metrics, of which only the names are counted. */
    public static OtlpSource metrics() {
        return new OtlpSource("otlp-metrics", interpreter(), OtlpSource::metrics);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MappedBody read(Incoming incoming) throws InvalidBodyException {
        return reader.read(interpreter, incoming);
    }

    private static MappedBody logs(Interpreter interpreter, Incoming incoming) throws InvalidBodyException {
        ExportLogsServiceRequest request =
                OtlpBody.read(incoming, ExportLogsServiceRequest.newBuilder()).build();
        requireAny(request, OtlpRecords.logsOf(request), OtlpSource::isLog);
        return interpreter.read(OtlpRecords.logs(incoming, request));
    }

    private static MappedBody traces(Interpreter interpreter, Incoming incoming) throws InvalidBodyException {
        ExportTraceServiceRequest request =
                OtlpBody.read(incoming, ExportTraceServiceRequest.newBuilder()).build();
        requireAny(request, OtlpRecords.spansOf(request), OtlpSource::isSpan);
        return interpreter.read(OtlpRecords.spans(incoming, request));
    }

    /** A span's name has the number of a log record's body. */
    private static boolean isSpan(Span span) {
        return span.getStartTimeUnixNano() != 0 || span.getEndTimeUnixNano() != 0 || span.getAttributesCount() > 0;
    }

    /** A log record's body has the number of a span's name, whose other fields are then unknown ones. */
    private static boolean isLog(LogRecord log) {
        return log.getTimeUnixNano() != 0
                || log.getObservedTimeUnixNano() != 0
                || log.getAttributesCount() > 0
                || !log.getEventName().isEmpty()
                || !log.getSeverityText().isEmpty()
                || log.getSeverityNumberValue() != 0
                || (log.hasBody() && log.getUnknownFields().asMap().isEmpty());
    }

    /** Records of which none has what makes one are of another signal, or no records: a wrong address, told as such. */
    private static <R> void requireAny(Message request, Stream<R> records, Predicate<R> isRecord)
            throws InvalidBodyException {
        List<R> all = records.toList();
        if (!all.isEmpty() && all.stream().noneMatch(isRecord)) {
            throw OtlpBody.notUnderstood(request.getDescriptorForType());
        }
    }

    private static MappedBody metrics(Interpreter unused, Incoming incoming) throws InvalidBodyException {
        ExportMetricsServiceRequest request = OtlpBody.read(incoming, ExportMetricsServiceRequest.newBuilder())
                .build();
        Map<String, Integer> names = new TreeMap<>();
        request.getResourceMetricsList().stream()
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .forEach(metric -> names.merge(Interpreter.nameOf(metric.getName()), 1, Integer::sum));
        return new MappedBody(List.of(), List.of(), names);
    }

    /** Maps a request's body. */
    @FunctionalInterface
    private interface Reader {

        MappedBody read(Interpreter interpreter, Incoming incoming) throws InvalidBodyException;
    }
}
