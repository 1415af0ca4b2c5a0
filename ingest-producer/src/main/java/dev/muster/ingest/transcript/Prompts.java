/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.claudecode.Speaker;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;

/**
 * What sets the model to work, among the lines that are written in the user's name: the user's prompt, or a program's message, which
 * begins a trace as one does.
 */
final class Prompts {

    private static final List<String> SHOWN = List.of("image", "document");
    private static final String QUEUED = "queued_command";

    private Prompts() {}

    /** Whether a line is a prompt that was given while the model worked. */
    static boolean isQueued(ObjectNode line) {
        return line.path("type").asText().equals("attachment")
                && line.path("attachment").path("type").asText().equals(QUEUED);
    }

    /** What a user's line asks for. A subagent's opening line is its parent's call, not a prompt. */
    static Optional<HookEvent> prompt(CheckedLine line) {
        Fields fields = line.fields();
        return prompt(line, fields, line.content(), fields.id("promptId").or(() -> fields.id("uuid")));
    }

    /** What a queued prompt asks for; what programs put into the queue is told where it is taken out. */
    static Optional<HookEvent> queued(CheckedLine line) {
        ObjectNode attachment = (ObjectNode) line.json().path("attachment");
        boolean isPrompt = attachment.path("commandMode").asText("prompt").equals("prompt");
        return isPrompt
                ? prompt(
                                line,
                                line.fields().along(attachment),
                                new Content(attachment.path("prompt")),
                                line.fields().id("uuid"))
                        .filter(event -> !"".equals(event.getPrompt()))
                : Optional.empty();
    }

    private static Optional<HookEvent> prompt(CheckedLine line, Fields origin, Content content, Optional<String> id) {
        Fields fields = line.fields();
        List<String> said = content.texts().stream()
                .map(Speaker::withoutNotes)
                .filter(text -> Speaker.of(text) != Speaker.CLIENT)
                .toList();
        boolean shows = SHOWN.stream().anyMatch(type -> !content.blocks(type).isEmpty());
        Speaker speaker = Speaker.ofOrigin(origin)
                .or(() -> said.stream().findFirst().map(Speaker::of))
                .orElse(Speaker.USER);
        boolean isNote = speaker == Speaker.CLIENT || (said.isEmpty() && !shows);
        if (line.isOfSubagent() || isNote || id.isEmpty()) {
            return Optional.empty();
        }
        HookEvent event = line.begin(fields, FactKind.PROMPT, EventType.DECISION);
        event.setTraceId(id.get());
        event.setId(FactId.prompt(id.get()));
        fields.along(SourceJson.newObject().put("text", Speaker.typed(String.join("\n", said))))
                .text("text", Text.PREVIEW)
                .ifPresent(text -> Speaker.attribute(event, text, speaker));
        return Optional.of(line.end(event, fields));
    }
}
