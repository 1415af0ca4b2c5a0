/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.HookEvent;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** Requests of OTLP for tests. */
final class Telemetry {

    static final String TRACE = "5b8efff798038103d269b633813fc60c";
    static final String SPAN = "eee19b7ec3c1b174";

    /** When a record was, 2026-11-22T16:00:00.000Z in nanoseconds. */
    static final String TIME = "1795363200000000000";

    /** A second and a half later. */
    static final String END = "1795363201500000000";

    private Telemetry() {}

    /** The bodies of a recording. */
    static List<String> recorded(String signal) {
        return Fixtures.lines("claude-code/otlp-" + signal + ".ndjson").stream()
                .map(line -> SourceJson.canonical(object(line).path("body")))
                .toList();
    }

    /** A request in JSON with one span of one second and a half. */
    static String span(Map<String, ?> attributes, String... fields) {
        return span("a span", attributes, fields);
    }

    static String span(String name, Map<String, ?> attributes, String... fields) {
        return "{\"resourceSpans\":[{\"resource\":" + resource() + ",\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
                + TRACE
                + "\",\"spanId\":\"" + SPAN + "\",\"name\":\"" + name + "\",\"startTimeUnixNano\":\"" + TIME
                + "\",\"endTimeUnixNano\":\"" + END + "\",\"attributes\":" + list(attributes) + more(fields)
                + "}]}]}]}";
    }

    /** A request in JSON with log records, each an object's fields without braces. */
    static String logs(String... records) {
        return "{\"resourceLogs\":[{\"resource\":" + resource() + ",\"scopeLogs\":[{\"logRecords\":[{"
                + String.join("},{", records) + "}]}]}]}";
    }

    /** A log record's fields. */
    static String log(Map<String, ?> attributes, String... fields) {
        return "\"timeUnixNano\":\"" + TIME + "\",\"attributes\":" + list(attributes) + more(fields);
    }

    static MappedBody read(OtlpSource source, String json) {
        try {
            return source.read(Fixtures.request(json));
        } catch (InvalidBodyException e) {
            throw new AssertionError("refused: " + json, e);
        }
    }

    static List<HookEvent> events(OtlpSource source, String json) {
        MappedBody mapped = read(source, json);
        Assertions.assertThat(mapped.refused()).isEmpty();
        return mapped.events();
    }

    static HookEvent event(OtlpSource source, String json) {
        List<HookEvent> events = events(source, json);
        Assertions.assertThat(events).hasSize(1);
        return events.get(0);
    }

    static List<TelemetryRecord> records(String json) {
        try {
            ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
            OtlpBody.read(Fixtures.request(json), request);
            return OtlpRecords.logs(Fixtures.request(json), request.build()).toList();
        } catch (InvalidBodyException e) {
            throw new AssertionError(json, e);
        }
    }

    static List<TelemetryRecord> spans(String json) {
        try {
            ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
            OtlpBody.read(Fixtures.request(json), request);
            return OtlpRecords.spans(Fixtures.request(json), request.build()).toList();
        } catch (InvalidBodyException e) {
            throw new AssertionError(json, e);
        }
    }

    static Incoming protobuf(byte[] body) {
        return new Incoming(Fixtures.ACCOUNT, Optional.empty(), Fixtures.RECEIVED_AT, "application/x-protobuf", body);
    }

    /** The same request in binary, as protobuf's own reader of JSON understands it. */
    static byte[] binary(String json, Message.Builder request) {
        try {
            JsonFormat.parser()
                    .ignoringUnknownFields()
                    .merge(SourceJson.canonical(withBase64Ids(object(json))), request);
            return request.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(json, e);
        }
    }

    private static JsonNode withBase64Ids(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String id : List.of("traceId", "spanId", "parentSpanId")) {
                if (object.has(id)) {
                    byte[] bytes = HexFormat.of().parseHex(object.path(id).asText());
                    object.put(id, Base64.getEncoder().encodeToString(bytes));
                }
            }
        }
        node.forEach(Telemetry::withBase64Ids);
        return node;
    }

    private static String resource() {
        return "{\"attributes\":" + list(Map.of("service.name", "shop-agent")) + "}";
    }

    private static String list(Map<String, ?> attributes) {
        List<String> list = attributes.entrySet().stream()
                .map(attribute ->
                        "{\"key\":\"" + attribute.getKey() + "\",\"value\":" + value(attribute.getValue()) + "}")
                .toList();
        return "[" + String.join(",", list) + "]";
    }

    private static String value(Object value) {
        ObjectNode node = SourceJson.newObject();
        if (value instanceof Double number) {
            node.put("doubleValue", number);
        } else if (value instanceof Number number) {
            node.put("intValue", number.toString());
        } else if (value instanceof Boolean flag) {
            node.put("boolValue", flag);
        } else {
            node.put("stringValue", value.toString());
        }
        return SourceJson.canonical(node);
    }

    private static String more(String... fields) {
        return fields.length == 0 ? "" : "," + String.join(",", fields);
    }

    private static ObjectNode object(String json) {
        try {
            return SourceJson.object(json.getBytes(UTF_8));
        } catch (InvalidBodyException e) {
            throw new AssertionError(json, e);
        }
    }
}
