/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.LatestMap;
import java.util.Map;

/**
 * Which prompt the model's lines belong to. Only the user's lines say; the model's belong to what the user's last line
 * before them said in the same strand, which is the session's own or a subagent's. By time alone, what a subagent does in
 * the background would fall into whatever prompt comes meanwhile. Lines go through it in their file's order; the latest
 * strands are remembered.
 */
public final class PromptTracker {

    private static final int STRANDS = 10_000;
    private static final String PROMPT = "promptId";

    private final Map<Strand, String> prompts = LatestMap.byInsertion(STRANDS);

    /** Learns the prompt of a user's line, and gives a line of the model's its prompt where it has none. */
    public void complete(ObjectNode line) {
        Strand strand = Strand.of(line);
        String type = line.path("type").asText();
        if (type.equals("user")) {
            learn(strand, line);
        } else if (type.equals("assistant") && !line.hasNonNull(PROMPT)) {
            String prompt = prompts.get(strand);
            if (prompt != null) {
                line.put(PROMPT, prompt);
            }
        }
    }

    /** An older client's line names none, and nothing is known of the lines behind it. */
    private void learn(Strand strand, ObjectNode line) {
        prompts.remove(strand);
        String prompt = line.path(PROMPT).asText();
        if (line.hasNonNull(PROMPT) && !prompt.isBlank()) {
            prompts.put(strand, prompt);
        }
    }
}
