/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.LatestMap;
import dev.muster.schemas.FactId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Which tool a call was of. A tool's result does not say, and may be sent in another batch than the call, so the line of a
 * result is given the names in {@code toolNames}, unless it has them. Lines go through it in their file's order, for an id may
 * come again; the latest calls are remembered.
 */
public final class ToolNames {

    private static final int CALLS = 10_000;

    /** A call's id within the lines that follow each other; one that comes again has the names of all calls that are open. */
    private record Call(Strand strand, String id) {}

    private final Map<Call, Deque<String>> names = LatestMap.byInsertion(CALLS);

    /** Learns the calls of a line, and names those that it has the results of. */
    public void complete(ObjectNode line) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (JsonNode block : line.path("message").path("content")) {
            String type = block.path("type").asText();
            if (type.equals("tool_use")) {
                Call call = call(line, block.path("id").asText());
                Deque<String> open = names.computeIfAbsent(call, first -> new ArrayDeque<>());
                if (FactId.isUnique(call.id)) {
                    open.clear();
                }
                open.add(block.path("name").asText());
            } else if (type.equals("tool_result")) {
                Call call = call(line, block.path("tool_use_id").asText());
                Deque<String> open = names.get(call);
                if (open != null) {
                    known.put(call.id, FactId.isUnique(call.id) ? open.element() : open.remove());
                    if (open.isEmpty()) {
                        names.remove(call);
                    }
                }
            }
        }
        if (!known.isEmpty() && !line.has("toolNames")) {
            line.set("toolNames", known);
        }
    }

    private static Call call(ObjectNode line, String id) {
        return new Call(Strand.of(line), id);
    }
}
