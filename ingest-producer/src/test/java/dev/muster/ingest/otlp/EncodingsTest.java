/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.binary;
import static dev.muster.ingest.otlp.Telemetry.protobuf;
import static dev.muster.ingest.otlp.Telemetry.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.SourceJson;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A recording says the same in both encodings, whatever a dialect would make of it. */
class EncodingsTest {

    @Test
    void logRecordsAreTheSame() throws Exception {
        List<String> seen = new ArrayList<>();
        for (String json : recorded("logs")) {
            ExportLogsServiceRequest.Builder fromJson = ExportLogsServiceRequest.newBuilder();
            OtlpBody.read(Fixtures.request(json), fromJson);
            ExportLogsServiceRequest.Builder fromBinary = ExportLogsServiceRequest.newBuilder();
            OtlpBody.read(protobuf(binary(json, ExportLogsServiceRequest.newBuilder())), fromBinary);

            List<String> told = record(OtlpRecords.logs(Fixtures.request(""), fromJson.build()));
            assertThat(told).isEqualTo(record(OtlpRecords.logs(Fixtures.request(""), fromBinary.build())));
            seen.addAll(told);
        }
        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(Set.copyOf(seen)).hasSameSizeAs(seen);
    }

    @Test
    void spansAreTheSame() throws Exception {
        List<String> seen = new ArrayList<>();
        for (String json : recorded("traces")) {
            ExportTraceServiceRequest.Builder fromJson = ExportTraceServiceRequest.newBuilder();
            OtlpBody.read(Fixtures.request(json), fromJson);
            ExportTraceServiceRequest.Builder fromBinary = ExportTraceServiceRequest.newBuilder();
            OtlpBody.read(protobuf(binary(json, ExportTraceServiceRequest.newBuilder())), fromBinary);

            List<String> told = record(OtlpRecords.spans(Fixtures.request(""), fromJson.build()));
            assertThat(told).isEqualTo(record(OtlpRecords.spans(Fixtures.request(""), fromBinary.build())));
            seen.addAll(told);
        }
        assertThat(seen).hasSizeGreaterThan(30);
        assertThat(Set.copyOf(seen)).hasSameSizeAs(seen);
    }

    @Test
    void metricsAreCountedByNameAlike() throws Exception {
        Set<String> names = new TreeSet<>();
        for (String json : recorded("metrics")) {
            byte[] binary = binary(json, ExportMetricsServiceRequest.newBuilder());

            MappedBody mapped = OtlpSource.metrics().read(Fixtures.request(json));
            assertThat(OtlpSource.metrics().read(protobuf(binary))).isEqualTo(mapped);
            assertThat(mapped.events()).isEmpty();
            names.addAll(mapped.ignored().keySet());
        }
        assertThat(names).contains("claude_code.token.usage", "claude_code.cost.usage");
    }

    /** Everything of each record but the request that it came with. */
    private static List<String> record(Stream<TelemetryRecord> records) {
        return records.map(told -> {
                    ObjectNode all = SourceJson.newObject()
                            .put("id", told.contentId())
                            .put("scope", told.scope())
                            .put("times", told.times().toString())
                            .put("ids", told.ids().toString())
                            .put("error", told.failed() + told.error())
                            .put("name", told.name());
                    all.set("resource", told.resource());
                    all.set("attributes", told.attributes());
                    return SourceJson.canonical(all.set("body", told.body()));
                })
                .toList();
    }
}
