/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the spans and log records of any agent that follows OpenTelemetry's semantic conventions for generative AI.
 *
 * <p>A record belongs to it if it has the attribute {@code gen_ai.operation.name}. The trace of an event is the trace
 * of its span.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">the conventions</a>
 */
final class GenAi implements Dialect {

    private static final String OPERATION = "gen_ai.operation.name";
    private static final Set<String> REQUESTS = Set.of("chat", "text_completion", "generate_content", "embeddings");
    private static final Set<String> STANDARD_TIERS = Set.of("auto", "default", "standard");

    private final NestedRequests nested;

    /**
     * The dialect.
     *
     * @param nested knows which spans are of one request
     */
    GenAi(NestedRequests nested) {
        this.nested = nested;
    }

    @Override
    public boolean matches(TelemetryRecord record) {
        return record.fields().text(OPERATION, Text.NAME).isPresent();
    }

    @Override
    public List<HookEvent> events(TelemetryRecord record) {
        String operation = record.attributes().path(OPERATION).asText();
        if (REQUESTS.contains(operation)) {
            return List.of(request(record));
        }
        if (operation.equals("execute_tool") && isSpan(record)) {
            return List.of(toolStart(record), toolEnd(record));
        }
        return List.of(failed(record) ? failedTurn(record) : other(record));
    }

    private HookEvent request(TelemetryRecord record) {
        Fields fields = record.fields();
        HookEvent event = begin(record, fields, FactKind.MODEL_REQUEST, EventType.REASONING);
        end(event, record, fields);
        fields.text("gen_ai.response.model", Text.NAME)
                .or(() -> fields.text("gen_ai.request.model", Text.NAME))
                .ifPresent(event::setModel);
        fields.id("gen_ai.response.id").ifPresent(event::setRequestId);
        GenAiUsage.of(fields).ifPresent(event::setTokens);
        fields.text("openai.response.service_tier", Text.NAME)
                .or(() -> fields.text("gen_ai.openai.response.service_tier", Text.NAME))
                .filter(tier -> !STANDARD_TIERS.contains(tier))
                .ifPresent(event::setSpeed);
        event.setId(FactId.request(Optional.ofNullable(event.getRequestId())
                .filter(FactId::isUnique)
                .orElseGet(() -> key(record))));
        nested.settle(record, event);
        return described(event, fields);
    }

    private static HookEvent toolStart(TelemetryRecord record) {
        Fields fields = record.fields();
        HookEvent event = begin(record, fields, FactKind.TOOL_START, EventType.ACTION);
        event.setPhase(Phase.PRE);
        event.setOutcome(Outcome.PENDING);
        tool(event, record, fields);
        event.setId(FactId.toolStart(event.getToolUseId()));
        return event;
    }

    private static HookEvent toolEnd(TelemetryRecord record) {
        Fields fields = record.fields();
        HookEvent event = begin(record, fields, FactKind.TOOL_END, EventType.ACTION);
        event.setPhase(Phase.POST);
        end(event, record, fields);
        tool(event, record, fields);
        Optional<JsonNode> result = fields.value("gen_ai.tool.call.result");
        result.map(GenAiContent::preview).ifPresent(event::setResponse);
        result.ifPresent(said -> record.incoming().fingerprints().setOutcome(event, said));
        event.setId(FactId.toolEnd(event.getToolUseId()));
        return described(event, fields);
    }

    private static void tool(HookEvent event, TelemetryRecord record, Fields fields) {
        fields.text("gen_ai.tool.name", Text.NAME).ifPresent(event::setToolName);
        event.setToolUseId(fields.id("gen_ai.tool.call.id").orElseGet(() -> key(record)));
        fields.value("gen_ai.tool.call.arguments").ifPresent(given -> {
            event.setToolDetail(GenAiContent.preview(given));
            record.incoming().fingerprints().setInput(event, given);
        });
    }

    /** A failed run of an agent, or of a part of it. If a failed request is the reason, both are one error. */
    private static HookEvent failedTurn(TelemetryRecord record) {
        Fields fields = record.fields();
        HookEvent event = begin(record, fields, FactKind.FAILED_TURN, EventType.ERROR);
        outcome(event, record, fields);
        event.setId(record.ids().trace().map(FactId::failedTurn).orElseGet(record::contentId));
        return described(event, fields);
    }

    private static HookEvent other(TelemetryRecord record) {
        Fields fields = record.fields();
        HookEvent event = begin(record, fields, FactKind.OTHER, EventType.DECISION);
        event.setId(record.contentId());
        return described(event, fields);
    }

    private static HookEvent begin(TelemetryRecord record, Fields fields, FactKind kind, EventType type) {
        Source source = isSpan(record) ? Source.OTLP_SPAN : Source.OTLP_LOG;
        HookEvent event = record.begin(source, record.chosenLabel().orElseGet(record::serviceLabel));
        event.setKind(kind);
        event.setType(type);
        record.ids().trace().ifPresent(event::setTraceId);
        fields.id("session.id").or(() -> fields.id("gen_ai.conversation.id")).ifPresent(event::setSessionId);
        return event;
    }

    /** Sets the outcome and the duration. */
    private static void end(HookEvent event, TelemetryRecord record, Fields fields) {
        outcome(event, record, fields);
        if (isSpan(record)) {
            event.setDurationMs(record.times().durationMs());
        }
    }

    private static void outcome(HookEvent event, TelemetryRecord record, Fields fields) {
        event.setTimestamp(record.times().end());
        event.setOutcome(Outcome.SUCCESS);
        if (failed(record)) {
            event.setOutcome(Outcome.FAILED);
            event.setType(EventType.ERROR);
            fields.text("error.type", Text.NAME).ifPresent(event::setErrorType);
            Optional.of(record.error())
                    .filter(error -> !error.isBlank())
                    .map(error -> Text.cut(error, Text.PREVIEW))
                    .or(() -> fields.text("exception.message", Text.PREVIEW))
                    .ifPresent(event::setErrorMessage);
        }
    }

    private static boolean isSpan(TelemetryRecord record) {
        return record.signal() == TelemetryRecord.Signal.SPAN;
    }

    private static boolean failed(TelemetryRecord record) {
        return record.failed() || record.fields().text("error.type", Text.NAME).isPresent();
    }

    /** The id where the conventions' own is missing: that of the span, or of the span that the record is in. */
    private static String key(TelemetryRecord record) {
        return record.ids().span().orElseGet(record::contentId);
    }

    private static HookEvent described(HookEvent event, Fields fields) {
        GenAiContent.describe(event, fields);
        Metadata.bounded(GenAiContent.without(fields.rest())).ifPresent(event::setMetadata);
        return event;
    }
}
