/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.ingest.claudecode.Denials;
import dev.muster.ingest.claudecode.Speaker;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import dev.muster.schemas.avro.Source;
import java.util.Optional;

/**
 * Maps Claude Code's log events to events. Log events that report on the client rather than on a session's work are
 * left out.
 */
final class ClaudeCodeLogs {

    private ClaudeCodeLogs() {}

    /** The event of a log event; empty if the log event is not about a session's work. */
    static Optional<HookEvent> event(TelemetryRecord record, String name) {
        Fields fields = record.fields();
        Optional<HookEvent> event = switch (name) {
            case "user_prompt" -> prompt(record, fields);
            case "api_request" -> Optional.of(ClaudeCodeRequests.succeeded(record, fields, Source.OTLP_LOG));
            case "api_error" -> Optional.of(ClaudeCodeRequests.failed(record, fields, Source.OTLP_LOG));
            case "assistant_response" -> Optional.of(response(record, fields));
            case "tool_decision" -> Optional.of(decision(record, fields));
            case "tool_result" -> Optional.of(result(record, fields));
            case "subagent_completed", "compaction" -> Optional.of(other(record, fields));
            default -> Optional.empty();
        };
        return event.map(it -> ClaudeCode.end(it, fields));
    }

    /** The prompt; empty for a subagent's, which its parent wrote. */
    private static Optional<HookEvent> prompt(TelemetryRecord record, Fields fields) {
        HookEvent event = ClaudeCode.begin(record, fields, Source.OTLP_LOG, FactKind.PROMPT);
        if (event.getSubagentId() != null) {
            return Optional.empty();
        }
        ClaudeCode.content(fields, "prompt").ifPresent(text -> Speaker.attribute(event, text));
        event.setId(Optional.ofNullable(event.getTraceId()).map(FactId::prompt).orElseGet(record::contentId));
        return Optional.of(event);
    }

    /** The text of an answer, as detail of its request; without a request id it is a fact of its own. */
    private static HookEvent response(TelemetryRecord record, Fields fields) {
        HookEvent event = ClaudeCodeRequests.begin(record, fields, Source.OTLP_LOG);
        if (event.getRequestId() == null) {
            event.setKind(FactKind.OTHER);
        }
        ClaudeCode.content(fields, "response").ifPresent(event::setResponse);
        return event;
    }

    /** A permission is detail of the call's start; a refusal is the call's end. */
    private static HookEvent decision(TelemetryRecord record, Fields fields) {
        if (!fields.matches("decision", "reject")) {
            HookEvent event = tool(record, fields, FactKind.TOOL_START);
            event.setPhase(Phase.PRE);
            event.setOutcome(Outcome.PENDING);
            return event;
        }
        HookEvent event = tool(record, fields, FactKind.TOOL_END);
        fail(event);
        deny(event, fields, "source");
        return event;
    }

    private static HookEvent result(TelemetryRecord record, Fields fields) {
        HookEvent event = tool(record, fields, FactKind.TOOL_END);
        event.setPhase(Phase.POST);
        event.setOutcome(Outcome.SUCCESS);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        input(fields).ifPresent(event::setToolDetail);
        record.incoming().fingerprints().setInput(event, record.attributes().path("tool_input"));
        if (!fields.flag("success").orElse(true)) {
            fail(event);
            fields.text("error_type", Text.NAME).ifPresent(event::setErrorType);
            fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        }
        if (fields.matches("decision_type", "reject")) {
            fail(event);
            deny(event, fields, "decision_source");
        }
        return event;
    }

    /** A call's input: as JSON if the text is JSON, as any other source has it, else as text. */
    private static Optional<String> input(Fields fields) {
        return fields.text("tool_input", Integer.MAX_VALUE)
                .map(text -> SourceJson.newObject()
                        .<ObjectNode>set("tool_input", SourceJson.value(text).orElseGet(() -> TextNode.valueOf(text))))
                .flatMap(input -> fields.along(input).preview("tool_input", Text.PREVIEW));
    }

    private static void deny(HookEvent event, Fields fields, String source) {
        event.setDenialType(Denials.type(fields.text(source, Text.NAME).orElse("")));
    }

    private static void fail(HookEvent event) {
        event.setPhase(Phase.POST);
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
    }

    private static HookEvent tool(TelemetryRecord record, Fields fields, FactKind kind) {
        HookEvent event = ClaudeCode.begin(record, fields, Source.OTLP_LOG, kind);
        event.setType(EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("tool_use_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(record::contentId));
        return event;
    }

    /** A fact of its own. Its duration includes other facts', so it is metadata and no latency. */
    private static HookEvent other(TelemetryRecord record, Fields fields) {
        HookEvent event = ClaudeCode.begin(record, fields, Source.OTLP_LOG, FactKind.OTHER);
        fields.text("agent_type", Text.NAME).ifPresent(event::setSubagentType);
        event.setId(record.contentId());
        return event;
    }
}
