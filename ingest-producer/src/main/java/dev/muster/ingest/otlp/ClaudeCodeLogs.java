/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.claudecode.Denials;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import java.util.Optional;

/** The log events of Claude Code that tell of a session's work; the others tell of the client's. */
final class ClaudeCodeLogs {

    private ClaudeCodeLogs() {}

    /** The fact that a log event tells of; none if it tells of no session's work. */
    static Optional<HookEvent> event(Told told, String name) {
        Fields fields = told.fields();
        Optional<HookEvent> event = switch (name) {
            case "user_prompt" -> prompt(told, fields);
            case "api_request" -> Optional.of(ClaudeCodeRequests.succeeded(told, fields, Source.OTLP_LOG));
            case "api_error" -> Optional.of(ClaudeCodeRequests.failed(told, fields, Source.OTLP_LOG));
            case "assistant_response" -> Optional.of(response(told, fields));
            case "tool_decision" -> Optional.of(decision(told, fields));
            case "tool_result" -> Optional.of(result(told, fields));
            case "subagent_completed", "compaction" -> Optional.of(other(told, fields));
            default -> Optional.empty();
        };
        return event.map(it -> ClaudeCode.end(it, fields));
    }

    /** The prompt of a subagent is its parent's work. */
    private static Optional<HookEvent> prompt(Told told, Fields fields) {
        HookEvent event = ClaudeCode.begin(told, fields, Source.OTLP_LOG, FactKind.PROMPT);
        if (event.getSubagentId() != null) {
            return Optional.empty();
        }
        ClaudeCode.content(fields, "prompt").ifPresent(event::setPrompt);
        event.setId(Optional.ofNullable(event.getTraceId()).map(FactId::prompt).orElseGet(told::contentId));
        return Optional.of(event);
    }

    /** What the model answered in words, as detail of its request. */
    private static HookEvent response(Told told, Fields fields) {
        HookEvent event = ClaudeCodeRequests.begin(told, fields, Source.OTLP_LOG);
        ClaudeCode.content(fields, "response").ifPresent(event::setResponse);
        return event;
    }

    /** That a call may run is detail of its start; that it may not is its end. */
    private static HookEvent decision(Told told, Fields fields) {
        if (!fields.says("decision", "reject")) {
            HookEvent event = tool(told, fields, FactKind.TOOL_START);
            event.setPhase(Phase.PRE);
            event.setOutcome(Outcome.PENDING);
            return event;
        }
        HookEvent event = tool(told, fields, FactKind.TOOL_END);
        fail(event);
        deny(event, fields, "source");
        return event;
    }

    private static HookEvent result(Told told, Fields fields) {
        HookEvent event = tool(told, fields, FactKind.TOOL_END);
        event.setPhase(Phase.POST);
        event.setOutcome(Outcome.SUCCESS);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        fields.text("tool_input", Text.PREVIEW * 2)
                .map(input -> Json.value(input).map(Json::canonical).orElse(input))
                .map(input -> Text.cut(input, Text.PREVIEW))
                .ifPresent(event::setToolDetail);
        if (!fields.flag("success").orElse(true)) {
            fail(event);
            fields.text("error_type", Text.NAME).ifPresent(event::setErrorType);
            fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        }
        if (fields.says("decision_type", "reject")) {
            fail(event);
            deny(event, fields, "decision_source");
        }
        return event;
    }

    private static void deny(HookEvent event, Fields fields, String source) {
        event.setDenialType(Denials.type(fields.text(source, Text.NAME).orElse("")));
    }

    private static void fail(HookEvent event) {
        event.setPhase(Phase.POST);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
    }

    private static HookEvent tool(Told told, Fields fields, FactKind kind) {
        HookEvent event = ClaudeCode.begin(told, fields, Source.OTLP_LOG, kind);
        event.setType(EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("tool_use_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(told::contentId));
        return event;
    }

    /** A fact of its own. Its duration spans those of others, so it is no latency, and stays among the metadata. */
    private static HookEvent other(Told told, Fields fields) {
        HookEvent event = ClaudeCode.begin(told, fields, Source.OTLP_LOG, FactKind.OTHER);
        fields.text("agent_type", Text.NAME).ifPresent(event::setSubagentType);
        event.setId(told.contentId());
        return event;
    }
}
