/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a message or a tool's result says: a text, or blocks, each of a type.
 *
 * @param value as it stands in the line; anything else says nothing
 */
record Content(JsonNode value) {

    /** The type of a block of text; a content that is itself a text counts as one such block. */
    static final String TEXT = "text";

    /** The type of a block of the model's thoughts. */
    static final String THINKING = "thinking";

    List<ObjectNode> blocks(String type) {
        List<ObjectNode> blocks = new ArrayList<>();
        value.forEach(each -> {
            if (each instanceof ObjectNode block && block.path("type").asText().equals(type)) {
                blocks.add(block);
            }
        });
        return blocks;
    }

    /**
     * The text of all blocks of a type, a line each, as a preview.
     *
     * @param line the fields of the line, which are told if it was cut
     */
    Optional<String> text(String type, Fields line) {
        return line.along(SourceJson.newObject().put(type, String.join("\n", texts(type))))
                .text(type, Text.PREVIEW);
    }

    /** The texts of all blocks of text that say something. */
    List<String> texts() {
        return texts(TEXT).stream().filter(text -> !text.isBlank()).toList();
    }

    private List<String> texts(String type) {
        return value.isTextual() && type.equals(TEXT)
                ? List.of(value.textValue())
                : blocks(type).stream()
                        .filter(block -> block.path(type).isTextual())
                        .map(block -> block.path(type).textValue())
                        .toList();
    }
}
