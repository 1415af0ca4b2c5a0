/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.Tokens;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** What holds for several lines: the usage of a message that is told in parts, and the names of the tools called. */
final class Messages {

    private final MessageRuns runs = new MessageRuns();
    /** The message that each line's is. */
    private final IdentityHashMap<JsonNode, String> messages = new IdentityHashMap<>();

    private final Map<String, Tokens> usages = new HashMap<>();
    private final Map<String, String> tools = new HashMap<>();

    private Messages() {}

    static Messages of(Collection<ObjectNode> lines) {
        Messages messages = new Messages();
        lines.forEach(messages::add);
        return messages;
    }

    private void add(ObjectNode line) {
        JsonNode message = line.path("message");
        Optional<String> run = runs.messageOf(line);
        run.ifPresent(id -> messages.put(message, id));
        if (run.isPresent() && message.path("usage") instanceof ObjectNode usage) {
            usages.merge(run.get(), tokens(usage), Messages::larger);
        }
        for (JsonNode block : message.path("content")) {
            if (block.path("type").asText().equals("tool_use")) {
                name(block.path("id").asText(), block.path("name"));
            }
        }
        line.path("toolNames").properties().forEach(tool -> name(tool.getKey(), tool.getValue()));
    }

    private void name(String toolUseId, JsonNode name) {
        if (!name.asText().isBlank() && !name.isNull()) {
            tools.put(Text.id(toolUseId), Text.cut(name.asText(), Text.NAME));
        }
    }

    /** The usage of a line's message: the largest that any of its lines tells. */
    Optional<Tokens> usage(JsonNode message) {
        Optional<Tokens> joined = Optional.ofNullable(messages.get(message)).map(usages::get);
        return joined.or(() ->
                message.path("usage") instanceof ObjectNode usage ? Optional.of(tokens(usage)) : Optional.empty());
    }

    /** The name of the tool that a call is of, of which a line has the result. */
    Optional<String> tool(ObjectNode line, String toolUseId) {
        return new Fields(line)
                .object("toolNames")
                .flatMap(names -> new Fields(names).text(toolUseId, Text.NAME))
                .or(() -> Optional.ofNullable(tools.get(toolUseId)));
    }

    /** Input is told without what came from a cache. A cache write without a split is one of five minutes. */
    private static Tokens tokens(ObjectNode usage) {
        Fields counts = new Fields(usage);
        Optional<Fields> split = counts.object("cache_creation").map(Fields::new);
        return new Tokens(
                count(counts, "input_tokens"),
                count(counts, "output_tokens"),
                count(counts, "cache_read_input_tokens"),
                split.map(it -> count(it, "ephemeral_5m_input_tokens"))
                        .orElseGet(() -> count(counts, "cache_creation_input_tokens")),
                split.map(it -> count(it, "ephemeral_1h_input_tokens")).orElse(0L));
    }

    private static long count(Fields fields, String name) {
        return fields.count(name).orElse(0L);
    }

    private static Tokens larger(Tokens a, Tokens b) {
        return new Tokens(
                Math.max(a.getInput(), b.getInput()),
                Math.max(a.getOutput(), b.getOutput()),
                Math.max(a.getCacheRead(), b.getCacheRead()),
                Math.max(a.getCacheWrite5m(), b.getCacheWrite5m()),
                Math.max(a.getCacheWrite1h(), b.getCacheWrite1h()));
    }
}
