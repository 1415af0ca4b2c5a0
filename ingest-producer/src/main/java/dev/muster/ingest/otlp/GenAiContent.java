/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Extracts previews of prompts and answers from a record's attributes, and removes the full texts. */
final class GenAiContent {

    /** Prefixes of attributes that hold messages, as libraries older than the conventions number them. */
    private static final List<String> MESSAGES = List.of("gen_ai.prompt", "gen_ai.completion");

    private GenAiContent() {}

    /** Sets the previews of the user's last message and of the model's answer. */
    static void describe(HookEvent event, Fields fields) {
        fields.drop("gen_ai.system_instructions", "gen_ai.tool.definitions");
        fields.value("gen_ai.input.messages")
                .map(messages -> lastMessage(messages, "user"))
                .or(() -> fields.value("gen_ai.prompt").map(GenAiContent::preview))
                .ifPresent(event::setPrompt);
        fields.value("gen_ai.output.messages")
                .map(messages -> lastMessage(messages, "assistant"))
                .or(() -> fields.value("gen_ai.completion").map(GenAiContent::preview))
                .ifPresent(event::setResponse);
    }

    /** The attributes that neither hold a message nor name the user. */
    static ObjectNode without(ObjectNode attributes) {
        attributes
                .properties()
                .removeIf(attribute -> Whereabouts.isOfUser(attribute.getKey())
                        || MESSAGES.stream()
                                .anyMatch(beginning -> attribute.getKey().startsWith(beginning)));
        return attributes;
    }

    /** A value's beginning: a text as it is, anything else as JSON. */
    static String preview(JsonNode value) {
        return Text.cut(value.isTextual() ? value.textValue() : SourceJson.canonical(value), Text.PREVIEW);
    }

    /** A preview of the last message of a role; of the whole value where no such message is found. */
    private static String lastMessage(JsonNode sent, String role) {
        JsonNode messages =
                sent.isTextual() ? SourceJson.value(sent.textValue()).orElse(sent) : sent;
        return StreamSupport.stream(messages.spliterator(), false)
                .filter(message -> message.path("role").asText().equals(role))
                .map(GenAiContent::text)
                .filter(Predicate.not(String::isBlank))
                .reduce((earlier, later) -> later)
                .map(text -> Text.cut(text, Text.PREVIEW))
                .orElseGet(() -> preview(sent));
    }

    private static String text(JsonNode message) {
        return StreamSupport.stream(message.path("parts").spliterator(), false)
                .filter(part -> part.path("type").asText().equals("text"))
                .map(part -> part.path("content").asText())
                .collect(Collectors.joining("\n"));
    }
}
