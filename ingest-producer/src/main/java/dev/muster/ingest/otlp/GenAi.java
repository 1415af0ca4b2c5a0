/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

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
 * Any agent that follows OpenTelemetry's semantic conventions for generative AI, in spans and in log records: whatever
 * names its {@code gen_ai.operation.name}. A trace is the one of its spans.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/gen-ai/">the conventions</a>
 */
final class GenAi implements Dialect {

    private static final String OPERATION = "gen_ai.operation.name";
    private static final Set<String> REQUESTS = Set.of("chat", "text_completion", "generate_content", "embeddings");
    private static final Set<String> STANDARD_TIERS = Set.of("auto", "default", "standard");

    @Override
    public boolean speaks(Told told) {
        return told.fields().text(OPERATION, Text.NAME).isPresent();
    }

    @Override
    public List<HookEvent> events(Told told) {
        String operation = told.attributes().path(OPERATION).asText();
        if (REQUESTS.contains(operation)) {
            return List.of(request(told));
        }
        if (operation.equals("execute_tool") && isSpan(told)) {
            return List.of(toolStart(told), toolEnd(told));
        }
        return List.of(failed(told) ? failedTurn(told) : other(told));
    }

    private static HookEvent request(Told told) {
        Fields fields = told.fields();
        HookEvent event = begin(told, fields, FactKind.MODEL_REQUEST, EventType.REASONING);
        end(event, told, fields);
        fields.text("gen_ai.response.model", Text.NAME)
                .or(() -> fields.text("gen_ai.request.model", Text.NAME))
                .ifPresent(event::setModel);
        fields.id("gen_ai.response.id").ifPresent(event::setRequestId);
        GenAiUsage.of(fields).ifPresent(event::setTokens);
        fields.text("openai.response.service_tier", Text.NAME)
                .or(() -> fields.text("gen_ai.openai.response.service_tier", Text.NAME))
                .filter(tier -> !STANDARD_TIERS.contains(tier))
                .ifPresent(event::setSpeed);
        event.setId(FactId.request(Optional.ofNullable(event.getRequestId()).orElseGet(() -> key(told))));
        return described(event, fields);
    }

    private static HookEvent toolStart(Told told) {
        Fields fields = told.fields();
        HookEvent event = begin(told, fields, FactKind.TOOL_START, EventType.ACTION);
        event.setPhase(Phase.PRE);
        event.setOutcome(Outcome.PENDING);
        tool(event, told, fields);
        event.setId(FactId.toolStart(event.getToolUseId()));
        return event;
    }

    private static HookEvent toolEnd(Told told) {
        Fields fields = told.fields();
        HookEvent event = begin(told, fields, FactKind.TOOL_END, EventType.ACTION);
        event.setPhase(Phase.POST);
        end(event, told, fields);
        tool(event, told, fields);
        fields.value("gen_ai.tool.call.result").map(GenAiContent::preview).ifPresent(event::setResponse);
        event.setId(FactId.toolEnd(event.getToolUseId()));
        return described(event, fields);
    }

    private static void tool(HookEvent event, Told told, Fields fields) {
        fields.text("gen_ai.tool.name", Text.NAME).ifPresent(event::setToolName);
        event.setToolUseId(fields.id("gen_ai.tool.call.id").orElseGet(() -> key(told)));
        fields.value("gen_ai.tool.call.arguments").map(GenAiContent::preview).ifPresent(event::setToolDetail);
    }

    /** An agent's run, or what it is made of, that failed. Where a request failed it, the two are one error. */
    private static HookEvent failedTurn(Told told) {
        Fields fields = told.fields();
        HookEvent event = begin(told, fields, FactKind.FAILED_TURN, EventType.ERROR);
        outcome(event, told, fields);
        event.setId(told.ids().trace().map(FactId::failedTurn).orElseGet(told::contentId));
        return described(event, fields);
    }

    private static HookEvent other(Told told) {
        Fields fields = told.fields();
        HookEvent event = begin(told, fields, FactKind.OTHER, EventType.DECISION);
        event.setId(told.contentId());
        return described(event, fields);
    }

    private static HookEvent begin(Told told, Fields fields, FactKind kind, EventType type) {
        Source source = isSpan(told) ? Source.OTLP_SPAN : Source.OTLP_LOG;
        HookEvent event = told.begin(source, told.chosenLabel().orElseGet(told::serviceLabel));
        event.setKind(kind);
        event.setType(type);
        told.ids().trace().ifPresent(event::setTraceId);
        fields.id("session.id").or(() -> fields.id("gen_ai.conversation.id")).ifPresent(event::setSessionId);
        return event;
    }

    /** How a call ended, and how long it took. */
    private static void end(HookEvent event, Told told, Fields fields) {
        outcome(event, told, fields);
        if (isSpan(told)) {
            event.setDurationMs(told.times().durationMs());
        }
    }

    private static void outcome(HookEvent event, Told told, Fields fields) {
        event.setTimestamp(told.times().end());
        event.setOutcome(Outcome.SUCCESS);
        if (failed(told)) {
            event.setOutcome(Outcome.FAILED);
            event.setType(EventType.ERROR);
            fields.text("error.type", Text.NAME).ifPresent(event::setErrorType);
            Optional.of(told.error())
                    .filter(error -> !error.isBlank())
                    .map(error -> Text.cut(error, Text.PREVIEW))
                    .or(() -> fields.text("exception.message", Text.PREVIEW))
                    .ifPresent(event::setErrorMessage);
        }
    }

    private static boolean isSpan(Told told) {
        return told.signal() == Told.Signal.SPAN;
    }

    private static boolean failed(Told told) {
        return told.failed() || told.fields().text("error.type", Text.NAME).isPresent();
    }

    /** What ties copies where the conventions' own id is missing: the span that it was, or happened in. */
    private static String key(Told told) {
        return told.ids().span().orElseGet(told::contentId);
    }

    private static HookEvent described(HookEvent event, Fields fields) {
        GenAiContent.describe(event, fields);
        Metadata.bounded(GenAiContent.without(fields.rest())).ifPresent(event::setMetadata);
        return event;
    }
}
