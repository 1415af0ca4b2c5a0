/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import dev.muster.ingest.source.Fields;
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

/**
 * Maps Claude Code's spans to events: model requests and tool calls, which share an id with its log events.
 *
 * <p>An interaction span is a prompt, but does not say which one. It is left out, because the log events report the
 * prompt.
 */
final class ClaudeCodeSpans {

    private ClaudeCodeSpans() {}

    /** The events of a span; none if it shares no id with the log events. */
    static List<HookEvent> events(TelemetryRecord record, String name) {
        return switch (name) {
            case "llm_request" -> request(record);
            case "tool" -> call(record);
            case "tool.execution" -> execution(record);
            default -> List.of();
        };
    }

    /** A model request. A failed one without an id has no tokens to make an id from; the log events report it. */
    private static List<HookEvent> request(TelemetryRecord record) {
        Fields fields = record.fields();
        boolean failed = !fields.flag("success").orElse(!record.failed());
        if (failed && fields.id("request_id").isEmpty()) {
            return List.of();
        }
        HookEvent event = failed
                ? ClaudeCodeRequests.failed(record, fields, Source.OTLP_SPAN)
                : ClaudeCodeRequests.succeeded(record, fields, Source.OTLP_SPAN);
        event.setTimestamp(record.times().end());
        return List.of(ClaudeCode.end(event, fields));
    }

    /** A tool call's start and end, from the request on, including the wait for a permission. */
    private static List<HookEvent> call(TelemetryRecord record) {
        if (record.fields().id("tool_use_id").isEmpty()) {
            return List.of();
        }
        HookEvent start = tool(record, record.fields(), Source.OTLP_SPAN, FactKind.TOOL_START);
        start.setPhase(Phase.PRE);
        start.setOutcome(Outcome.PENDING);
        Fields fields = record.fields();
        HookEvent end = end(record, fields, Source.OTLP_SPAN);
        return List.of(start, ClaudeCode.end(end, fields));
    }

    /** The end of a tool call, with its outcome. */
    private static List<HookEvent> execution(TelemetryRecord record) {
        Fields fields = record.fields();
        if (fields.id("tool_use_id").isEmpty()) {
            return List.of();
        }
        HookEvent event = end(record, fields, Source.OTLP_TOOL_EXECUTION);
        boolean failed = !fields.flag("success").orElse(!record.failed());
        event.setOutcome(failed ? Outcome.FAILED : Outcome.SUCCESS);
        if (failed) {
            event.setType(EventType.ERROR);
            fields.text("error_class", Text.NAME).ifPresent(event::setErrorType);
            fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        }
        return List.of(ClaudeCode.end(event, fields));
    }

    private static HookEvent end(TelemetryRecord record, Fields fields, Source source) {
        HookEvent event = tool(record, fields, source, FactKind.TOOL_END);
        event.setTimestamp(record.times().end());
        event.setPhase(Phase.POST);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        return event;
    }

    private static HookEvent tool(TelemetryRecord record, Fields fields, Source source, FactKind kind) {
        HookEvent event = ClaudeCode.begin(record, fields, source, kind);
        event.setType(EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("tool_use_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(record::contentId));
        return event;
    }
}
