/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Keys as a table. */
final class KeyTable {

    private static final List<String> TITLES = List.of("KEY", "ID", "LABEL", "AGENT", "CREATED", "LAST USED", "STATE");
    private static final int TO_THE_SECOND = "2026-11-22T00:00:00".length();

    private KeyTable() {}

    static void print(PrintWriter out, JsonNode keys) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(TITLES);
        keys.forEach(key -> lines.add(line(key)));
        Columns.print(out, lines);
    }

    private static List<String> line(JsonNode key) {
        return List.of(
                key.path("keyPrefix").asText() + "…",
                key.path("id").asText(),
                key.path("label").asText(),
                key.hasNonNull("agent") ? key.path("agent").asText() : "any",
                time(key.path("createdAt")),
                key.hasNonNull("lastUsedAt") ? time(key.path("lastUsedAt")) : "never",
                key.hasNonNull("revokedAt") ? "revoked " + time(key.path("revokedAt")) : "good");
    }

    /** To the second, in UTC. */
    private static String time(JsonNode time) {
        String text = time.asText();
        return text.length() < TO_THE_SECOND ? text : text.substring(0, TO_THE_SECOND) + "Z";
    }
}
