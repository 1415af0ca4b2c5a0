/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The titles of sessions, each the last that was told; the user's goes before the client's. A title has no time of its own,
 * so it travels with the facts of its session.
 */
final class Titles {

    private final Map<String, String> custom = new HashMap<>();
    private final Map<String, String> generated = new HashMap<>();

    /** Takes the title that a line gives its session; false if it gives none. */
    boolean take(ObjectNode line) {
        return switch (line.path("type").asText()) {
            case "custom-title" -> take(custom, line, "customTitle");
            case "ai-title" -> take(generated, line, "aiTitle");
            default -> false;
        };
    }

    /** A session's title. */
    Optional<String> of(String sessionId) {
        return Optional.ofNullable(custom.get(sessionId)).or(() -> Optional.ofNullable(generated.get(sessionId)));
    }

    private static boolean take(Map<String, String> titles, ObjectNode line, String field) {
        Fields fields = new Fields(line);
        Optional<String> title = fields.text(field, Text.NAME);
        title.ifPresent(text -> fields.id("sessionId").ifPresent(session -> titles.put(session, text)));
        return title.isPresent();
    }
}
