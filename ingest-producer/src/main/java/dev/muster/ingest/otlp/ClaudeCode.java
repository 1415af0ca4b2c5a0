/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

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
 * Claude Code's own telemetry: its log events, which name the prompt they belong to, and its spans, which do not. A span's
 * trace is never a session's, for hooks and transcripts know it not; what comes without a prompt's id belongs to a prompt
 * by its time. Who the user is is never kept.
 *
 * @see <a href="https://code.claude.com/docs/en/monitoring-usage">Claude Code's telemetry</a>
 */
final class ClaudeCode implements Dialect {

    /** What its programs' names and its labels begin with. */
    private static final String CLIENT = "claude-code";

    private static final String PREFIX = "claude_code.";
    private static final String SCOPE = "com.anthropic.claude_code";

    /** Of each record's attributes those that tell of the user or are told elsewhere. */
    private static final String[] DROPPED = {
        "anthropic.custom_base_url",
        "anthropic.provider",
        "app.entrypoint",
        "event.name",
        "event.timestamp",
        "organization.id",
        "prompt_text",
        "span.type",
        "terminal.type",
        "user.account_id",
        "user.account_uuid",
        "user.email",
        "user.id",
        "user_prompt"
    };

    @Override
    public boolean speaks(Told told) {
        return told.client().startsWith(CLIENT)
                || told.scope().startsWith(SCOPE)
                || told.name().startsWith(PREFIX);
    }

    @Override
    public List<HookEvent> events(Told told) {
        String name = told.name().startsWith(PREFIX) ? told.name().substring(PREFIX.length()) : told.name();
        return told.signal() == Told.Signal.LOG
                ? ClaudeCodeLogs.event(told, name).stream().toList()
                : ClaudeCodeSpans.events(told, name);
    }

    /** An event of which is known who told it, when, and in which session, prompt and subagent it happened. */
    static HookEvent begin(Told told, Fields fields, Source source, FactKind kind) {
        Optional<String> session = fields.id("session.id");
        HookEvent event = told.begin(
                source,
                told.chosenLabel()
                        .or(() -> session.map(id -> Label.session(CLIENT, id)))
                        .orElseGet(told::serviceLabel));
        event.setKind(kind);
        session.ifPresent(event::setSessionId);
        fields.id("prompt.id").ifPresent(event::setTraceId);
        fields.id("agent_id").ifPresent(event::setSubagentId);
        fields.drop(DROPPED);
        return event;
    }

    /** Keeps what nobody has taken. */
    static HookEvent end(HookEvent event, Fields fields) {
        Metadata.bounded(fields.rest()).ifPresent(event::setMetadata);
        return event;
    }

    /** A text that the client's user lets be told. */
    static Optional<String> content(Fields fields, String name) {
        return fields.text(name, Text.PREVIEW).filter(text -> !text.equals("<REDACTED>"));
    }
}
