/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Tokens;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The exporters of OpenTelemetry's own SDK, as they are, against the collector. */
class OtlpExporterTest {

    /** An exporter, and whether what it was given arrived. */
    private record WatchedSpans(SpanExporter exporter, List<CompletableResultCode> results) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            CompletableResultCode result = exporter.export(spans);
            results.add(result);
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    /** An exporter, and whether what it was given arrived. */
    private record WatchedLogs(LogRecordExporter exporter, List<CompletableResultCode> results)
            implements LogRecordExporter {

        @Override
        public CompletableResultCode export(Collection<LogRecordData> logs) {
            CompletableResultCode result = exporter.export(logs);
            results.add(result);
            return result;
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }

    private static final Resource SHOP =
            Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop-agent"));
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
    private static final AttributeKey<String> SESSION = AttributeKey.stringKey("session.id");

    private final TestCollector collector = new TestCollector(Map.of());
    private final List<CompletableResultCode> results = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        collector.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void spansArrive(String compression) {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.uri("/v1/traces").toString())
                .addHeader("Authorization", "Bearer vk_test")
                .setCompression(compression)
                .build();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(SHOP)
                .addSpanProcessor(BatchSpanProcessor.builder(new WatchedSpans(exporter, results))
                        .build())
                .build()) {
            Tracer tracer = provider.get("shop");
            tracer.spanBuilder("chat m")
                    .setAttribute(OPERATION, "chat")
                    .setAttribute(SESSION, "s1")
                    .setAttribute("gen_ai.request.model", "m")
                    .setAttribute("gen_ai.usage.input_tokens", 12)
                    .setAttribute("gen_ai.usage.output_tokens", 3)
                    .startSpan()
                    .end();
            Span tool = tracer.spanBuilder("execute_tool look_up")
                    .setAttribute(OPERATION, "execute_tool")
                    .setAttribute(SESSION, "s1")
                    .setAttribute("gen_ai.tool.name", "look_up")
                    .startSpan();
            tool.recordException(new IllegalStateException("nothing there"));
            tool.setStatus(StatusCode.ERROR);
            tool.end();

            provider.forceFlush().join(30, TimeUnit.SECONDS);
            assertThat(results).isNotEmpty().allMatch(CompletableResultCode::isSuccess);

            List<HookEvent> events = collector.events();
            assertThat(events)
                    .extracting(HookEvent::getKind)
                    .containsExactly(FactKind.MODEL_REQUEST, FactKind.TOOL_START, FactKind.TOOL_END);
            assertThat(events).allSatisfy(event -> {
                assertThat(event.getSessionId()).isEqualTo("s1");
                assertThat(event.getAgentLabel()).isEqualTo("shop-agent");
                assertThat(event.getClient()).isEqualTo("shop-agent");
            });
            assertThat(events.get(0).getTokens()).isEqualTo(new Tokens(12L, 3L, 0L, 0L, 0L));
            assertThat(events.get(2).getToolUseId())
                    .isEqualTo(tool.getSpanContext().getSpanId());
            assertThat(events.get(2).getTraceId())
                    .isEqualTo(tool.getSpanContext().getTraceId());
            assertThat(events.get(2).getErrorMessage()).isEqualTo("nothing there");
        }
    }

    @Test
    void logRecordsArrive() {
        OtlpHttpLogRecordExporter exporter = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(collector.uri("/v1/logs").toString())
                .addHeader("Authorization", "Bearer vk_test")
                .setCompression("gzip")
                .build();
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(SHOP)
                .addLogRecordProcessor(BatchLogRecordProcessor.builder(new WatchedLogs(exporter, results))
                        .build())
                .build()) {
            Logger logger = provider.get("shop");
            logger.logRecordBuilder()
                    .setEventName("gen_ai.client.inference.operation.details")
                    .setAttribute(OPERATION, "chat")
                    .setAttribute(SESSION, "s1")
                    .emit();
            logger.logRecordBuilder().setBody("a line that is no event").emit();

            provider.forceFlush().join(30, TimeUnit.SECONDS);
            assertThat(results).isNotEmpty().allMatch(CompletableResultCode::isSuccess);

            assertThat(collector.events()).singleElement().satisfies(event -> {
                assertThat(event.getKind()).isEqualTo(FactKind.MODEL_REQUEST);
                assertThat(event.getHookEvent()).isEqualTo("gen_ai.client.inference.operation.details");
            });
        }
    }

    @Test
    void aKeyThatIsNotKnownIsAFailureThatTheExporterTells() {
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(collector.uri("/v1/traces").toString())
                .addHeader("Authorization", "Bearer vk_other")
                .build();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(new WatchedSpans(exporter, results))
                        .build())
                .build()) {
            provider.get("shop")
                    .spanBuilder("chat")
                    .setAttribute(OPERATION, "chat")
                    .startSpan()
                    .end();

            provider.forceFlush().join(30, TimeUnit.SECONDS);
            assertThat(results).isNotEmpty().allSatisfy(result -> {
                assertThat(result.isDone()).isTrue();
                assertThat(result.isSuccess()).isFalse();
            });
            assertThat(collector.events()).isEmpty();
        }
    }
}
