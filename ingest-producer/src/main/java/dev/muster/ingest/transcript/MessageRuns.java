/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.LatestMap;
import dev.muster.schemas.FactId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of the model's are one message. A message is written in a line for each part of its answer, all with its id, while its
 * usage stays or its output grows. A gateway may give every message the same id, or none: then lines are one message only as long as that
 * holds and nobody else has spoken. Lines go through it in their file's order; the latest strands are remembered.
 */
public final class MessageRuns {

    private static final int STRANDS = 10_000;

    /** The message that a strand is at. */
    private record Run(String id, long promptTokens, long outputTokens, long number, boolean hasResult) {
        boolean goesOn(String otherId, long prompt, long output) {
            // A gateway that tells no prompt's size tells nothing that a result's next request would differ in.
            boolean isSameRequest = prompt > 0 || !hasResult;
            return id.equals(otherId) && promptTokens == prompt && output >= outputTokens && isSameRequest;
        }
    }

    private final Map<Strand, Run> runs = LatestMap.byInsertion(STRANDS);

    private long messages;

    /** What the lines of one message share, and no line of another has; empty for a line that is of none. */
    public Optional<String> messageOf(ObjectNode line) {
        Strand strand = Strand.of(line);
        JsonNode message = line.path("message");
        String id = message.path("id").asText();
        boolean isAnswer = line.path("type").asText().equals("assistant");
        Run run = runs.get(strand);
        if (line.path("type").asText().equals("user")) {
            hear(strand, run, message);
        }
        JsonNode usage = message.path("usage");
        String request = line.path("requestId").asText();
        if (FactId.isUnique(id) || (id.isBlank() && FactId.isUnique(request))) {
            runs.remove(strand);
            return Optional.of(id.isBlank() ? request : id);
        }
        if (!isAnswer || (id.isBlank() && !usage.isObject())) {
            return Optional.empty();
        }
        if (run != null && run.id.equals(id) && !usage.isObject()) {
            return Optional.of(id + '\n' + run.number);
        }
        long prompt = usage.path("input_tokens").asLong()
                + usage.path("cache_read_input_tokens").asLong()
                + usage.path("cache_creation_input_tokens").asLong();
        long output = usage.path("output_tokens").asLong();
        if (run == null || !run.goesOn(id, prompt, output)) {
            messages++;
            run = new Run(id, prompt, output, messages, false);
        } else {
            run = new Run(id, prompt, output, run.number, run.hasResult);
        }
        runs.put(strand, run);
        return Optional.of(id + '\n' + run.number);
    }

    /** The user's words end a message; a tool's result may stand between its lines. */
    private void hear(Strand strand, @Nullable Run run, JsonNode message) {
        if (run == null) {
            return;
        }
        if (hasResult(message)) {
            runs.put(strand, new Run(run.id, run.promptTokens, run.outputTokens, run.number, true));
        } else {
            runs.remove(strand);
        }
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
