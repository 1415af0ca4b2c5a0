/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import dev.muster.ingest.source.Fields;
import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;

/** What the user asked for, among the lines that the client writes in the user's name. */
final class Prompts {

    /** What the client itself writes as if the user had: no prompts. */
    private static final List<String> CLIENTS_OWN =
            List.of("[Request interrupted by user", "<local-command-", "<bash-", "Caveat: The messages below");

    private Prompts() {}

    /** A subagent's opening line is its parent's call, not a prompt. */
    static Optional<HookEvent> prompt(CheckedLine line) {
        Fields fields = line.fields();
        Optional<String> id = fields.id("promptId").or(() -> fields.id("uuid"));
        Optional<String> text = line.content()
                .text(Content.TEXT, fields)
                .filter(told -> CLIENTS_OWN.stream().noneMatch(told::startsWith));
        if (line.isOfSubagent() || isMeta(fields) || id.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        HookEvent event = line.begin(fields, FactKind.PROMPT, EventType.DECISION);
        event.setTraceId(id.get());
        event.setId(FactId.prompt(id.get()));
        event.setPrompt(text.get());
        return Optional.of(line.end(event, fields));
    }

    /** Whether it is the client's word to the model, as the summary that a compacted session begins with. */
    private static boolean isMeta(Fields fields) {
        return fields.flag("isMeta").orElse(false)
                || fields.flag("isCompactSummary").orElse(false);
    }
}
