/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.muster.schemas.EventBody;
import dev.muster.schemas.avro.FactKind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an event asks the user for something, or shows that there is nothing to wait for any more: by Claude Code's hooks. */
final class WaitingRule {

    private static final int HOOK_EVENT = EventBody.position("hookEvent");
    private static final int METADATA = EventBody.position("metadata");

    /** The notifications that the user is to do something about. */
    private static final Set<String> ASKING =
            Set.of("permission_prompt", "idle_prompt", "agent_needs_input", "elicitation_dialog");

    private static final int TOOL = EventBody.position("toolName");
    private static final int MAX_DETAIL = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    private WaitingRule() {}

    /**
     * What an event asks the user for: {@code permission}, {@code elicitation} or a notification's type, and behind a line's end the
     * tool or the message, where one is told. Null when it asks for nothing.
     */
    static @Nullable String askedFor(EventBody event) {
        String name = Names.of(event, HOOK_EVENT);
        return name == null
                ? null
                : switch (name) {
                    case "PermissionRequest" -> described("permission", Names.required(event, TOOL));
                    case "Elicitation" ->
                        described("elicitation", metadata(event).path("message").asText());
                    case "Notification" -> notified(metadata(event));
                    default -> null;
                };
    }

    /** By its type; clients that tell none only have notifications that ask. */
    private static @Nullable String notified(JsonNode metadata) {
        JsonNode type = metadata.path("notification_type");
        return !type.isTextual() || ASKING.contains(type.textValue())
                ? described(
                        type.asText("notification"), metadata.path("message").asText())
                : null;
    }

    private static String described(String kind, String detail) {
        return detail.isBlank() ? kind : kind + "\n" + Texts.upTo(detail, MAX_DETAIL);
    }

    private static JsonNode metadata(EventBody event) {
        String metadata = event.text(METADATA);
        try {
            return metadata == null ? MissingNode.getInstance() : JSON.readTree(metadata);
        } catch (JsonProcessingException e) {
            // Metadata that is no JSON tells nothing: any producer may write it.
            return MissingNode.getInstance();
        }
    }

    static boolean isAnswered(EventBody event, FactKind kind) {
        if (kind != FactKind.OTHER) {
            return false;
        }
        String name = Names.of(event, HOOK_EVENT);
        return "ElicitationResult".equals(name) || "SessionEnd".equals(name);
    }
}
