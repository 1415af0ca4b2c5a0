/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Fingerprints;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Codex's log events. Its spans, and its other log events, add nothing and are left out.
 *
 * <p>A session is a conversation. No log event names a trace, so a trace begins with each prompt. Attributes that name
 * the user or the login are never kept. The event names are those of Codex's source, {@code codex-rs/otel}.
 */
final class Codex implements Dialect {

    private static final String PREFIX = "codex.";

    /** The prefix of its programs' names: codex_cli_rs, codex_exec and others. */
    private static final String CLIENTS = "codex_";

    private static final String REDACTED = "[REDACTED]";
    private static final List<String> PRIVATE = List.of("user.", "auth.", "auth_mode");
    private static final Set<String> REFUSALS = Set.of("abort", "timed_out");
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;

    @Override
    public boolean matches(TelemetryRecord record) {
        return record.name().startsWith(PREFIX) || record.client().startsWith(CLIENTS);
    }

    @Override
    public List<HookEvent> events(TelemetryRecord record) {
        if (record.signal() != TelemetryRecord.Signal.LOG) {
            return List.of();
        }
        Fields fields = record.fields();
        Optional<HookEvent> event = switch (record.name()) {
            case "codex.conversation_starts" -> Optional.of(start(record, fields));
            case "codex.user_prompt" -> Optional.of(prompt(record, fields));
            case "codex.sse_event" -> answer(record, fields);
            case "codex.api_request" -> failedRequest(record, fields);
            case "codex.tool_decision" -> Optional.of(decision(record, fields));
            case "codex.tool_result" -> Optional.of(toolResult(record, fields));
            default -> Optional.empty();
        };
        event.ifPresent(it -> Metadata.bounded(anonymous(fields.rest())).ifPresent(it::setMetadata));
        return event.stream().toList();
    }

    private static HookEvent start(TelemetryRecord record, Fields fields) {
        HookEvent event = begin(record, fields, FactKind.OTHER, EventType.DECISION);
        event.setId(record.contentId());
        return event;
    }

    private static HookEvent prompt(TelemetryRecord record, Fields fields) {
        HookEvent event = begin(record, fields, FactKind.PROMPT, EventType.DECISION);
        fields.text("prompt", Text.PREVIEW)
                .filter(prompt -> !prompt.equals(REDACTED))
                .ifPresent(event::setPrompt);
        event.setId(record.contentId());
        return event;
    }

    /** A model request, from the event that completes its stream; empty for any other event of the stream. */
    private static Optional<HookEvent> answer(TelemetryRecord record, Fields fields) {
        if (!fields.matches("event.kind", "response.completed")) {
            return Optional.empty();
        }
        if (fields.text("error.message", Text.PREVIEW).isPresent()) {
            return Optional.of(failed(record, fields));
        }
        HookEvent event = request(record, fields, EventType.REASONING, Outcome.SUCCESS);
        long read = GenAiUsage.count(fields, "cached_token_count").orElse(0L);
        Tokens tokens = GenAiUsage.tokens(
                GenAiUsage.count(fields, "input_token_count").orElse(0L),
                GenAiUsage.count(fields, "output_token_count").orElse(0L),
                read,
                0);
        event.setTokens(tokens);
        event.setId(FactId.request(null, event.getModel(), tokens));
        return Optional.of(event);
    }

    /** A model request that got no answer; one that got one is reported by {@code codex.sse_event}. */
    private static Optional<HookEvent> failedRequest(TelemetryRecord record, Fields fields) {
        boolean wrong = fields.count("http.response.status_code")
                .map(status -> status < FIRST_SUCCESS || status >= FIRST_REDIRECT)
                .orElse(false);
        return wrong || fields.text("error.message", Text.PREVIEW).isPresent()
                ? Optional.of(failed(record, fields))
                : Optional.empty();
    }

    private static HookEvent failed(TelemetryRecord record, Fields fields) {
        HookEvent event = request(record, fields, EventType.ERROR, Outcome.FAILED);
        fields.count("http.response.status_code").map(String::valueOf).ifPresent(event::setErrorType);
        fields.text("error.message", Text.PREVIEW).ifPresent(event::setErrorMessage);
        event.setId(record.contentId());
        return event;
    }

    private static HookEvent request(TelemetryRecord record, Fields fields, EventType type, Outcome outcome) {
        HookEvent event = begin(record, fields, FactKind.MODEL_REQUEST, type);
        event.setOutcome(outcome);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        return event;
    }

    /** A permission is detail of the call's start; a refusal is the call's end. */
    private static HookEvent decision(TelemetryRecord record, Fields fields) {
        String decision = record.attributes().path("decision").asText();
        if (!decision.startsWith("denied") && !REFUSALS.contains(decision)) {
            HookEvent event = tool(record, fields, FactKind.TOOL_START);
            event.setPhase(Phase.PRE);
            event.setOutcome(Outcome.PENDING);
            return event;
        }
        HookEvent event = tool(record, fields, FactKind.TOOL_END);
        failedTool(event);
        event.setDenialType(fields.matches("source", "config") ? "settings_blocked" : "user_rejected");
        fields.text("decision", Text.NAME).ifPresent(event::setDenialReason);
        return event;
    }

    private static HookEvent toolResult(TelemetryRecord record, Fields fields) {
        HookEvent event = tool(record, fields, FactKind.TOOL_END);
        event.setPhase(Phase.POST);
        event.setOutcome(Outcome.SUCCESS);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("arguments", Text.PREVIEW).ifPresent(event::setToolDetail);
        Optional<String> output = fields.text("output", Text.PREVIEW);
        output.ifPresent(event::setResponse);
        if (!fields.flag("success").orElse(true)) {
            failedTool(event);
            output.ifPresent(event::setErrorMessage);
        }
        Fingerprints fingerprints = record.incoming().fingerprints();
        fingerprints.setInput(event, record.attributes().path("arguments"));
        fingerprints.setOutcome(event, record.attributes().path("output"));
        return event;
    }

    private static void failedTool(HookEvent event) {
        event.setPhase(Phase.POST);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
    }

    private static HookEvent tool(TelemetryRecord record, Fields fields, FactKind kind) {
        HookEvent event = begin(record, fields, kind, EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("call_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(record::contentId));
        return event;
    }

    private static HookEvent begin(TelemetryRecord record, Fields fields, FactKind kind, EventType type) {
        HookEvent event = record.begin(Source.OTLP_LOG, record.chosenLabel().orElseGet(record::serviceLabel));
        event.setKind(kind);
        event.setType(type);
        fields.id("conversation.id").ifPresent(event::setSessionId);
        fields.text("model", Text.NAME).ifPresent(event::setModel);
        fields.drop("event.name", "event.timestamp");
        return event;
    }

    private static ObjectNode anonymous(ObjectNode rest) {
        rest.properties().removeIf(attribute -> PRIVATE.stream().anyMatch(attribute.getKey()::startsWith));
        return rest;
    }
}
