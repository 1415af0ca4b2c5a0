/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.muster.schemas.avro.Tokens;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Codex's log events; its spans and the other events tell nothing more. A session is a conversation, and as no event
 * names a trace, one begins with each prompt. Who the user is and how they logged in is never kept. The names are those of
 * Codex's own source, {@code codex-rs/otel}.
 */
final class Codex implements Dialect {

    private static final String PREFIX = "codex.";

    /** What the names of its programs begin with: codex_cli_rs, codex_exec and others. */
    private static final String CLIENTS = "codex_";

    private static final String REDACTED = "[REDACTED]";
    private static final List<String> PRIVATE = List.of("user.", "auth.", "auth_mode");
    private static final Set<String> REFUSALS = Set.of("abort", "timed_out");
    private static final int FIRST_SUCCESS = 200;
    private static final int FIRST_REDIRECT = 300;

    @Override
    public boolean speaks(Told told) {
        return told.name().startsWith(PREFIX) || told.client().startsWith(CLIENTS);
    }

    @Override
    public List<HookEvent> events(Told told) {
        if (told.signal() != Told.Signal.LOG) {
            return List.of();
        }
        Fields fields = told.fields();
        Optional<HookEvent> event = switch (told.name()) {
            case "codex.conversation_starts" -> Optional.of(start(told, fields));
            case "codex.user_prompt" -> Optional.of(prompt(told, fields));
            case "codex.sse_event" -> answer(told, fields);
            case "codex.api_request" -> failedRequest(told, fields);
            case "codex.tool_decision" -> Optional.of(decision(told, fields));
            case "codex.tool_result" -> Optional.of(toolResult(told, fields));
            default -> Optional.empty();
        };
        event.ifPresent(it -> Metadata.bounded(anonymous(fields.rest())).ifPresent(it::setMetadata));
        return event.stream().toList();
    }

    private static HookEvent start(Told told, Fields fields) {
        HookEvent event = begin(told, fields, FactKind.OTHER, EventType.DECISION);
        event.setId(told.contentId());
        return event;
    }

    private static HookEvent prompt(Told told, Fields fields) {
        HookEvent event = begin(told, fields, FactKind.PROMPT, EventType.DECISION);
        fields.text("prompt", Text.PREVIEW)
                .filter(prompt -> !prompt.equals(REDACTED))
                .ifPresent(event::setPrompt);
        event.setId(told.contentId());
        return event;
    }

    /** The end of a request's answer, with its usage or the error that it ended in; other events of a stream are none. */
    private static Optional<HookEvent> answer(Told told, Fields fields) {
        if (!fields.says("event.kind", "response.completed")) {
            return Optional.empty();
        }
        if (fields.text("error.message", Text.PREVIEW).isPresent()) {
            return Optional.of(failed(told, fields));
        }
        HookEvent event = request(told, fields, EventType.REASONING, Outcome.SUCCESS);
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

    /** A request that never came to an answer; one that did is told by its {@code codex.sse_event}. */
    private static Optional<HookEvent> failedRequest(Told told, Fields fields) {
        boolean wrong = fields.count("http.response.status_code")
                .map(status -> status < FIRST_SUCCESS || status >= FIRST_REDIRECT)
                .orElse(false);
        return wrong || fields.text("error.message", Text.PREVIEW).isPresent()
                ? Optional.of(failed(told, fields))
                : Optional.empty();
    }

    private static HookEvent failed(Told told, Fields fields) {
        HookEvent event = request(told, fields, EventType.ERROR, Outcome.FAILED);
        fields.count("http.response.status_code").map(String::valueOf).ifPresent(event::setErrorType);
        fields.text("error.message", Text.PREVIEW).ifPresent(event::setErrorMessage);
        event.setId(told.contentId());
        return event;
    }

    private static HookEvent request(Told told, Fields fields, EventType type, Outcome outcome) {
        HookEvent event = begin(told, fields, FactKind.MODEL_REQUEST, type);
        event.setOutcome(outcome);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        return event;
    }

    /** That a call may run is detail of its start; that it may not is its end. */
    private static HookEvent decision(Told told, Fields fields) {
        String decision = told.attributes().path("decision").asText();
        if (!decision.startsWith("denied") && !REFUSALS.contains(decision)) {
            HookEvent event = tool(told, fields, FactKind.TOOL_START);
            event.setPhase(Phase.PRE);
            event.setOutcome(Outcome.PENDING);
            return event;
        }
        HookEvent event = tool(told, fields, FactKind.TOOL_END);
        failedTool(event);
        event.setDenialType(fields.says("source", "config") ? "settings_blocked" : "user_rejected");
        fields.text("decision", Text.NAME).ifPresent(event::setDenialReason);
        return event;
    }

    private static HookEvent toolResult(Told told, Fields fields) {
        HookEvent event = tool(told, fields, FactKind.TOOL_END);
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
        return event;
    }

    private static void failedTool(HookEvent event) {
        event.setPhase(Phase.POST);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
    }

    private static HookEvent tool(Told told, Fields fields, FactKind kind) {
        HookEvent event = begin(told, fields, kind, EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("call_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(told::contentId));
        return event;
    }

    private static HookEvent begin(Told told, Fields fields, FactKind kind, EventType type) {
        HookEvent event = told.begin(Source.OTLP_LOG, told.chosenLabel().orElseGet(told::serviceLabel));
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
