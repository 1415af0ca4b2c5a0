/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What people and models said, where a sender chose to tell it: kept as previews, and nowhere else. */
final class GenAiContent {

    /** Attributes of this beginning hold messages, numbered by libraries older than the conventions. */
    private static final List<String> MESSAGES = List.of("gen_ai.prompt", "gen_ai.completion");

    private GenAiContent() {}

    /** Sets the previews: what the user said last, and what the model answered. */
    static void describe(HookEvent event, Fields fields) {
        fields.drop("gen_ai.system_instructions", "gen_ai.tool.definitions");
        fields.value("gen_ai.input.messages")
                .map(messages -> said(messages, "user"))
                .or(() -> fields.value("gen_ai.prompt").map(GenAiContent::preview))
                .ifPresent(event::setPrompt);
        fields.value("gen_ai.output.messages")
                .map(messages -> said(messages, "assistant"))
                .or(() -> fields.value("gen_ai.completion").map(GenAiContent::preview))
                .ifPresent(event::setResponse);
    }

    /** The attributes that hold no message. */
    static ObjectNode without(ObjectNode attributes) {
        attributes
                .properties()
                .removeIf(attribute -> MESSAGES.stream()
                        .anyMatch(beginning -> attribute.getKey().startsWith(beginning)));
        return attributes;
    }

    /** A value's beginning: a text as it is, anything else as JSON. */
    static String preview(JsonNode value) {
        return Text.cut(value.isTextual() ? value.textValue() : Json.canonical(value), Text.PREVIEW);
    }

    /** The text of the last message of a role, or the beginning of all where that cannot be made out. */
    private static String said(JsonNode told, String role) {
        JsonNode messages = told.isTextual() ? Json.value(told.textValue()).orElse(told) : told;
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> message.path("role").asText().equals(role))
                .map(GenAiContent::text)
                .filter(Predicate.not(String::isBlank))
                .reduce((earlier, later) -> later)
                .map(text -> Text.cut(text, Text.PREVIEW))
                .orElseGet(() -> preview(told));
    }

    private static String text(JsonNode message) {
        return StreamSupport.stream(message.path("parts").spliterator(), false)
                .filter(part -> part.path("type").asText().equals("text"))
                .map(part -> part.path("content").asText())
                .collect(Collectors.joining("\n"));
    }
}
