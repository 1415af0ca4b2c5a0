/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.SourceJson;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where events are sent.
 *
 * @param path where requests go
 * @param mediaType what they are
 * @param otlp whether they are answered in OTLP's words
 * @param bodies some that are right there, as recorded
 */
public record Endpoint(String path, String mediaType, boolean otlp, List<byte[]> bodies) {

    /** The media type of JSON. */
    public static final String JSON = "application/json";

    /** The media type of protobuf. */
    public static final String PROTOBUF = "application/x-protobuf";

    private static final String NDJSON = "application/x-ndjson";

    /** Every one there is, once for each encoding that it reads. */
    public static final List<Endpoint> ALL = List.of(
            new Endpoint("/v1/events", JSON, false, bytes(voight())),
            new Endpoint(
                    "/v1/events/bulk", NDJSON, false, bytes(List.of(String.join("\n", voight()), voight().get(0)))),
            new Endpoint("/v1/hooks/claude-code", JSON, false, bytes(Fixtures.hooks())),
            new Endpoint("/v1/transcripts/claude-code", NDJSON, false, bytes(transcripts())),
            json("/v1/logs", "logs"),
            protobuf("/v1/logs", "logs", ExportLogsServiceRequest.newBuilder()),
            json("/v1/otel/logs", "logs"),
            protobuf("/v1/otel/logs", "logs", ExportLogsServiceRequest.newBuilder()),
            json("/v1/traces", "traces"),
            protobuf("/v1/traces", "traces", ExportTraceServiceRequest.newBuilder()),
            json("/v1/metrics", "metrics"),
            protobuf("/v1/metrics", "metrics", ExportMetricsServiceRequest.newBuilder()));

    @Override
    public String toString() {
        return path + " " + mediaType;
    }

    private static Endpoint json(String path, String signal) {
        return new Endpoint(path, JSON, true, bytes(recorded(signal)));
    }

    private static Endpoint protobuf(String path, String signal, Message.Builder request) {
        return new Endpoint(
                path,
                PROTOBUF,
                true,
                recorded(signal).stream().map(json -> binary(json, request)).toList());
    }

    private static byte[] binary(String json, Message.Builder request) {
        try {
            Message.Builder read = request.clone().clear();
            // Ids are not what OTLP means by them then, but as many bytes as any.
            JsonFormat.parser().ignoringUnknownFields().merge(json, read);
            return read.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** The requests of a recording, without the recorder's frame. */
    private static List<String> recorded(String signal) {
        return Fixtures.lines("claude-code/otlp-" + signal + ".ndjson").stream()
                .map(line -> SourceJson.value(line).orElseThrow().path("body").toString())
                .toList();
    }

    private static List<String> voight() {
        return Stream.of("voight-sdk/claude-code-standard.ndjson", "voight-sdk/library-mode.ndjson")
                .flatMap(name -> Fixtures.lines(name).stream())
                .toList();
    }

    private static List<String> transcripts() {
        List<String> lines = Fixtures.lines("claude-code/transcript.jsonl");
        List<String> subagent = Fixtures.lines("claude-code/subagent-transcript.jsonl");
        return Stream.concat(Stream.of(String.join("\n", lines), String.join("\n", subagent)), lines.stream())
                .toList();
    }

    private static List<byte[]> bytes(List<String> bodies) {
        return bodies.stream().map(body -> body.getBytes(UTF_8)).toList();
    }
}
