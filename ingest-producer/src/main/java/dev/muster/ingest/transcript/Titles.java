/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import java.util.Optional;

/** The lines that name a session. */
final class Titles {

    private Titles() {}

    /** The title that a line gives its session; empty if it gives none. */
    static Optional<String> of(ObjectNode line) {
        return switch (line.path("type").asText()) {
            case "custom-title" -> new Fields(line).text("customTitle", Text.NAME);
            case "ai-title" -> new Fields(line).text("aiTitle", Text.NAME);
            default -> Optional.empty();
        };
    }
}
