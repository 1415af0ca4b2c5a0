/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Label;
import dev.muster.ingest.source.Metadata;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Source;
import java.util.List;
import java.util.Optional;

/**
 * Reads the log events and spans of Claude Code's own telemetry.
 *
 * <p>Log events name the prompt that they belong to, spans do not. A span's trace is not kept, because hooks and
 * transcripts do not know it; an event without a prompt's id is given to a prompt by its time. Attributes that name
 * the user are never kept.
 *
 * @see <a href="https://code.claude.com/docs/en/monitoring-usage">Claude Code's telemetry</a>
 */
final class ClaudeCode implements Dialect {

    /** The prefix of its programs' names and of its labels. */
    private static final String CLIENT = "claude-code";

    private static final String PREFIX = "claude_code.";
    private static final String SCOPE = "com.anthropic.claude_code";

    /** Prefixes of the attributes that identify the user. */
    private static final List<String> PRIVATE = List.of("user.", "organization.");

    /** Attributes that are not kept, because another field has them or because they are of no use. */
    private static final String[] DROPPED = {
        "anthropic.custom_base_url",
        "anthropic.provider",
        "app.entrypoint",
        "event.name",
        "event.timestamp",
        "prompt_text",
        "span.type",
        "terminal.type",
        "user_prompt"
    };

    @Override
    public boolean matches(TelemetryRecord record) {
        return record.client().startsWith(CLIENT)
                || record.scope().startsWith(SCOPE)
                || record.name().startsWith(PREFIX);
    }

    @Override
    public List<HookEvent> events(TelemetryRecord record) {
        String name = record.name().startsWith(PREFIX) ? record.name().substring(PREFIX.length()) : record.name();
        return record.signal() == TelemetryRecord.Signal.LOG
                ? ClaudeCodeLogs.event(record, name).stream().toList()
                : ClaudeCodeSpans.events(record, name);
    }

    /** Creates an event with its source, time, session, prompt and subagent set. */
    static HookEvent begin(TelemetryRecord record, Fields fields, Source source, FactKind kind) {
        Optional<String> session = fields.id("session.id");
        HookEvent event = record.begin(
                source,
                record.chosenLabel()
                        .or(() -> session.map(id -> Label.session(CLIENT, id)))
                        .orElseGet(record::serviceLabel));
        event.setKind(kind);
        session.ifPresent(event::setSessionId);
        fields.id("prompt.id").ifPresent(event::setTraceId);
        fields.id("agent_id").ifPresent(event::setSubagentId);
        fields.drop(DROPPED);
        return event;
    }

    /** Sets the metadata: the attributes that no field has, without those that identify the user. */
    static HookEvent end(HookEvent event, Fields fields) {
        ObjectNode rest = fields.rest();
        rest.properties().removeIf(attribute -> PRIVATE.stream().anyMatch(attribute.getKey()::startsWith));
        Metadata.bounded(rest).ifPresent(event::setMetadata);
        return event;
    }

    /** A text, unless the client has redacted it. */
    static Optional<String> content(Fields fields, String name) {
        return fields.text(name, Text.PREVIEW).filter(text -> !text.equals("<REDACTED>"));
    }
}
