/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static dev.muster.ingest.otlp.Telemetry.TRACE;
import static dev.muster.ingest.otlp.Telemetry.log;
import static dev.muster.ingest.otlp.Telemetry.logs;
import static dev.muster.ingest.otlp.Telemetry.protobuf;
import static dev.muster.ingest.otlp.Telemetry.span;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.MappedBody;
import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Damaged requests, a hundred thousand for each signal: read or refused, and never anything else. */
class HostileBodiesTest {

    private static final int TRIES = 100_000;
    private static final int MAX_DAMAGE = 6;

    private static final String LOGS = logs(
            log(Map.of(
                    "event.name", "codex.sse_event",
                    "event.kind", "response.completed",
                    "conversation.id", "c",
                    "input_token_count", 9,
                    "cached_token_count", "4")),
            log(
                    Map.of("gen_ai.operation.name", "chat", "session.id", "s"),
                    "\"traceId\":\"" + TRACE + "\",\"body\":{\"kvlistValue\":{\"values\":"
                            + "[{\"key\":\"k\",\"value\":{\"arrayValue\":{\"values\":[{\"doubleValue\":1.5}]}}}]}}"));
    private static final String TRACES = span(
            Map.of("gen_ai.operation.name", "execute_tool", "session.id", "s", "gen_ai.tool.call.id", "t"),
            "\"status\":{\"code\":2,\"message\":\"no\"},\"events\":[{\"name\":\"exception\"}]");
    private static final String METRICS = "{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\","
            + "\"sum\":{\"isMonotonic\":true,\"dataPoints\":[{\"asDouble\":1,\"timeUnixNano\":\"5\"}]}}]}]}]}";

    private static final byte[] BINARY_LOGS = Telemetry.binary(LOGS, ExportLogsServiceRequest.newBuilder());
    private static final byte[] BINARY_TRACES = Telemetry.binary(TRACES, ExportTraceServiceRequest.newBuilder());
    private static final byte[] BINARY_METRICS = Telemetry.binary(METRICS, ExportMetricsServiceRequest.newBuilder());

    @Property(tries = TRIES)
    void logRecordsAreReadOrRefused(@ForAll long seed) {
        assertReadOrRefused(OtlpSource.logs(), LOGS, BINARY_LOGS, new Random(seed));
    }

    @Property(tries = TRIES)
    void spansAreReadOrRefused(@ForAll long seed) {
        assertReadOrRefused(OtlpSource.traces(), TRACES, BINARY_TRACES, new Random(seed));
    }

    @Property(tries = TRIES)
    void metricsAreReadOrRefused(@ForAll long seed) {
        assertReadOrRefused(OtlpSource.metrics(), METRICS, BINARY_METRICS, new Random(seed));
    }

    private static void assertReadOrRefused(OtlpSource source, String json, byte[] binary, Random random) {
        Incoming incoming = random.nextBoolean()
                ? protobuf(damaged(binary, random))
                : new Incoming(
                        Fixtures.ACCOUNT,
                        Optional.empty(),
                        Fixtures.RECEIVED_AT,
                        OtlpSource.JSON,
                        damaged(json.getBytes(UTF_8), random));
        try {
            MappedBody mapped = source.read(incoming);
            for (HookEvent event : mapped.events()) {
                assertThat(event.getId()).hasSizeBetween(1, 256);
                assertThat(event.getTimestamp()).isPositive();
                if (event.getSessionId() != null) {
                    assertThat(event.getSessionId()).hasSizeLessThanOrEqualTo(RecordKey.MAX_SESSION_ID);
                }
            }
        } catch (InvalidBodyException e) {
            assertThat(e.issues())
                    .isNotEmpty()
                    .allSatisfy(issue -> assertThat(issue.message()).isNotBlank());
        }
    }

    /** The body with some bytes changed, doubled or left out. */
    private static byte[] damaged(byte[] body, Random random) {
        byte[] damaged = body.clone();
        for (int damage = random.nextInt(MAX_DAMAGE); damage >= 0; damage--) {
            int at = random.nextInt(damaged.length);
            int other = random.nextInt(damaged.length);
            int length = Math.min(random.nextInt(20), damaged.length - Math.max(at, other));
            if (random.nextBoolean()) {
                damaged[at] = (byte) random.nextInt();
            } else if (random.nextBoolean()) {
                System.arraycopy(damaged, at, damaged, other, length);
            } else {
                damaged = Arrays.copyOf(damaged, Math.max(1, damaged.length - random.nextInt(5)));
            }
        }
        return damaged;
    }
}
