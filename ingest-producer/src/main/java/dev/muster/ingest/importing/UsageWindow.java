/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.LatestMap;
import dev.muster.ingest.transcript.MessageRuns;
import dev.muster.schemas.FactId;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets lines wait until those that follow are known, so that all lines of one message tell the same usage: its largest.
 * Only messages without a request id need that, for without one the usage is what tells requests apart. A message's lines
 * stand next to each other but for the results of its tools.
 */
final class UsageWindow {

    private static final int LINES = 512;
    private static final long BYTES = 4 << 20;

    private final ArrayDeque<TranscriptLine> waiting = new ArrayDeque<>();
    private final MessageRuns runs = new MessageRuns();
    /** The message of each line that waits and has no request's id. */
    private final IdentityHashMap<ObjectNode, String> unnamed = new IdentityHashMap<>();

    private final Map<String, JsonNode> largest = LatestMap.byInsertion(2 * LINES);
    private final Consumer<TranscriptLine> then;
    private long bytes;

    UsageWindow(Consumer<TranscriptLine> then) {
        this.then = then;
    }

    /** Takes a line in, and lets go those that have waited long enough. */
    void add(TranscriptLine line) {
        line.body().ifPresent(this::remember);
        waiting.add(line);
        bytes += line.bytes();
        while (waiting.size() > LINES || (bytes > BYTES && waiting.size() > 1)) {
            letGo();
        }
    }

    /** Lets all go: nothing follows. */
    void flush() {
        while (!waiting.isEmpty()) {
            letGo();
        }
    }

    private void letGo() {
        TranscriptLine line = waiting.remove();
        bytes -= line.bytes();
        line.body()
                .ifPresent(body -> Optional.ofNullable(unnamed.remove(body))
                        .map(largest::get)
                        .ifPresent(usage -> ((ObjectNode) body.get("message")).set("usage", usage)));
        then.accept(line);
    }

    private void remember(ObjectNode body) {
        Optional<String> message = runs.messageOf(body);
        JsonNode usage = body.at("/message/usage");
        if (message.isPresent()
                && usage.isObject()
                && !FactId.isUnique(body.path("requestId").asText())) {
            unnamed.put(body, message.get());
            largest.merge(message.get(), usage, (a, b) -> size(b) >= size(a) ? b : a);
        }
    }

    private static long size(JsonNode usage) {
        return usage.path("output_tokens").asLong();
    }
}
