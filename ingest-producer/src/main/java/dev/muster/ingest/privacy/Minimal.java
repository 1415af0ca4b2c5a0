/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Optional;

/** Ids, names and figures; no text that a person or a model wrote, and nothing of where it ran. */
final class Minimal {

    /** The metadata that the SDK itself sends at this level. */
    private static final List<String> METADATA = List.of(
            "source",
            "framework",
            "tool",
            "hookEvent",
            "sessionId",
            "traceId",
            "phase",
            "promptSource",
            "tokens",
            "tokensBreakdown",
            "model",
            "stopReason",
            "prompt_length",
            Privacy.LEVEL);

    private static final List<String> COUNTED = List.of("tokens", "tokensBreakdown");

    private static final List<String> BACKGROUND = List.of("id", "type", "schedule");

    private Minimal() {}

    static void apply(HookEvent event, ObjectNode metadata) {
        event.setToolDetail(null);
        event.setDenialReason(null);
        event.setErrorMessage(null);
        event.setTitle(null);
        event.setPrompt(null);
        event.setReasoning(null);
        event.setResponse(null);
        event.setCwd(null);
        event.setGit(null);
        event.setRepo(null);
        event.setBranch(null);
        event.setHost(null);
        event.setUser(null);
        event.setBackground(Optional.ofNullable(event.getBackground())
                .flatMap(SourceJson::value)
                .map(Minimal::withoutTexts)
                .map(SourceJson::canonical)
                .orElse(null));
        metadata.retain(METADATA);
        metadata.properties()
                .removeIf(field -> field.getValue().isContainerNode() && !COUNTED.contains(field.getKey()));
    }

    /** What runs behind the conversation, by ids and types alone. */
    private static JsonNode withoutTexts(JsonNode background) {
        background.forEach(list -> list.forEach(entry -> {
            if (entry instanceof ObjectNode each) {
                each.retain(BACKGROUND);
            }
        }));
        return background;
    }
}
