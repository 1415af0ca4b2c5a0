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
 * The spans of Claude Code that have a key in common with its other tales: model requests and tool calls. An interaction is
 * a prompt, but does not say which, so it is left to the others.
 */
final class ClaudeCodeSpans {

    private ClaudeCodeSpans() {}

    /** The facts that a span tells of; none if it shares no key with its log events. */
    static List<HookEvent> events(Told told, String name) {
        return switch (name) {
            case "llm_request" -> List.of(request(told));
            case "tool" -> call(told);
            case "tool.execution" -> execution(told);
            default -> List.of();
        };
    }

    private static HookEvent request(Told told) {
        Fields fields = told.fields();
        boolean failed = !fields.flag("success").orElse(!told.failed());
        HookEvent event = failed
                ? ClaudeCodeRequests.failed(told, fields, Source.OTLP_SPAN)
                : ClaudeCodeRequests.succeeded(told, fields, Source.OTLP_SPAN);
        return ClaudeCode.end(event, fields);
    }

    /** A call from its request on, with the wait for a permission. */
    private static List<HookEvent> call(Told told) {
        if (told.fields().id("tool_use_id").isEmpty()) {
            return List.of();
        }
        HookEvent start = tool(told, told.fields(), Source.OTLP_SPAN, FactKind.TOOL_START);
        start.setPhase(Phase.PRE);
        start.setOutcome(Outcome.PENDING);
        HookEvent end = end(told, told.fields(), Source.OTLP_SPAN);
        return List.of(start, end);
    }

    /** A call's run, and how it ended. */
    private static List<HookEvent> execution(Told told) {
        Fields fields = told.fields();
        if (fields.id("tool_use_id").isEmpty()) {
            return List.of();
        }
        HookEvent event = end(told, fields, Source.OTLP_TOOL_EXECUTION);
        boolean failed = !fields.flag("success").orElse(!told.failed());
        event.setOutcome(failed ? Outcome.FAILED : Outcome.SUCCESS);
        if (failed) {
            event.setType(EventType.ERROR);
            fields.text("error_class", Text.NAME).ifPresent(event::setErrorType);
            fields.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
        }
        return List.of(event);
    }

    private static HookEvent end(Told told, Fields fields, Source source) {
        HookEvent event = tool(told, fields, source, FactKind.TOOL_END);
        event.setTimestamp(told.times().end());
        event.setPhase(Phase.POST);
        fields.count("duration_ms").ifPresent(event::setDurationMs);
        return event;
    }

    private static HookEvent tool(Told told, Fields fields, Source source, FactKind kind) {
        HookEvent event = ClaudeCode.begin(told, fields, source, kind);
        event.setType(EventType.ACTION);
        fields.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        Optional<String> call = fields.id("tool_use_id");
        call.ifPresent(event::setToolUseId);
        event.setId(call.map(kind == FactKind.TOOL_START ? FactId::toolStart : FactId::toolEnd)
                .orElseGet(told::contentId));
        return event;
    }
}
