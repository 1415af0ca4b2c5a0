/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.FactId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which lines of the model's are one message. A message is written in a line for each part of its answer, all with its id, while its
 * usage stays or its output grows. A gateway may give every message the same id: then lines are one message only as long as that
 * holds and nobody else has spoken. Lines go through it in their file's order; the latest strands are remembered.
 */
public final class MessageRuns {

    private static final int STRANDS = 10_000;

    /** A session's lines that follow each other; the subagent is empty for the session's own. */
    private record Strand(String session, String subagent) {}

    /** The message that a strand is at. */
    private record Run(String id, long promptTokens, long outputTokens, long number) {
        boolean goesOn(String otherId, long prompt, long output) {
            return id.equals(otherId) && promptTokens == prompt && output >= outputTokens;
        }
    }

    @SuppressWarnings("serial") // never serialized
    private final Map<Strand, Run> runs = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Strand, Run> eldest) {
            return size() > STRANDS;
        }
    };

    private long messages;

    /** What the lines of one message share, and no line of another has; empty for a line that has no message's id. */
    public Optional<String> messageOf(ObjectNode line) {
        Strand strand =
                new Strand(line.path("sessionId").asText(), line.path("agentId").asText());
        JsonNode message = line.path("message");
        String id = message.path("id").asText();
        if (line.path("type").asText().equals("user") && !hasResult(message)) {
            runs.remove(strand);
        }
        if (id.isBlank() || FactId.isUnique(id)) {
            return Optional.of(id).filter(given -> !given.isBlank());
        }
        Run run = runs.get(strand);
        JsonNode usage = message.path("usage");
        if (run != null && run.id.equals(id) && !usage.isObject()) {
            return Optional.of(id + '\n' + run.number);
        }
        long prompt = usage.path("input_tokens").asLong()
                + usage.path("cache_read_input_tokens").asLong()
                + usage.path("cache_creation_input_tokens").asLong();
        long output = usage.path("output_tokens").asLong();
        if (run == null || !run.goesOn(id, prompt, output)) {
            messages++;
            run = new Run(id, prompt, output, messages);
        } else {
            run = new Run(id, prompt, output, run.number);
        }
        runs.put(strand, run);
        return Optional.of(id + '\n' + run.number);
    }

    private static boolean hasResult(JsonNode message) {
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals("tool_result")) {
                return true;
            }
        }
        return false;
    }
}
