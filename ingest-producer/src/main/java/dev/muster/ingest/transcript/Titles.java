/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Text;

/** The lines that name a session. */
final class Titles {

    private Titles() {}

    /** The title that a line gives its session; empty if it gives none. */
    static String of(ObjectNode line) {
        String field = switch (line.path("type").asText()) {
            case "custom-title" -> "customTitle";
            case "ai-title" -> "aiTitle";
            default -> "";
        };
        return Text.cut(line.path(field).asText(), Text.NAME);
    }
}
