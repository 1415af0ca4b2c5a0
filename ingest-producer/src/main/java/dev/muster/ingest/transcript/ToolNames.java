/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which tool a call was of. A tool's result does not say, and may be sent in another batch than the call, so the line of a
 * result is given the names in {@code toolNames}, unless it has them. Lines go through it in their file's order, for an id may
 * come again; the latest calls are remembered.
 */
public final class ToolNames {

    private static final int CALLS = 10_000;

    @SuppressWarnings("serial") // never serialized
    private final Map<String, String> names = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > CALLS;
        }
    };

    /** Learns the calls of a line, and names those that it has the results of. */
    public void complete(ObjectNode line) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (JsonNode block : line.path("message").path("content")) {
            String type = block.path("type").asText();
            if (type.equals("tool_use")) {
                names.put(block.path("id").asText(), block.path("name").asText());
            } else if (type.equals("tool_result")) {
                String call = block.path("tool_use_id").asText();
                String name = names.get(call);
                if (name != null) {
                    known.put(call, name);
                }
            }
        }
        if (!known.isEmpty() && !line.has("toolNames")) {
            line.set("toolNames", known);
        }
    }
}
