/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    private static final ObjectMapper JSON = new ObjectMapper();

    private WaitingRule() {}

    static boolean isAsked(EventBody event) {
        String name = Names.of(event, HOOK_EVENT);
        return name != null
                && switch (name) {
                    case "PermissionRequest", "Elicitation" -> true;
                    case "Notification" -> isAsking(event.text(METADATA));
                    default -> false;
                };
    }

    /** By its type; clients that tell none only have notifications that ask. */
    private static boolean isAsking(@Nullable String metadata) {
        if (metadata == null) {
            return true;
        }
        try {
            JsonNode type = JSON.readTree(metadata).path("notification_type");
            return !type.isTextual() || ASKING.contains(type.textValue());
        } catch (JsonProcessingException e) {
            // Metadata that is no JSON tells no type: any producer may write it.
            return true;
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
