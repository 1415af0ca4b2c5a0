/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Text;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a transcript's line small: only what is counted or shown of it is kept, texts are cut, images are left out. What
 * is not kept is passed over without being held in memory.
 */
final class TranscriptLineFilter {

    /** The most characters of a text that is kept. */
    static final int TEXT = 4_000;

    /** The most values and characters that are kept of a line; what comes after them is left out. */
    private static final int VALUES = 5_000;

    private static final int CHARACTERS = 200_000;
    private static final int DEPTH = 32;
    private static final int LONGEST_TEXT = 8_000_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .build())
            .build();

    private int values;
    private int characters;

    private TranscriptLineFilter() {}

    /**
     * Reads a line to its end.
     *
     * @return nothing if the line is blank or is no object
     * @throws JsonParseException if it is no JSON, or not all of it
     */
    static Optional<ObjectNode> slim(InputStream line) throws IOException {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            ObjectNode slim = new TranscriptLineFilter().object(parser, Part.LINE, 1);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "the line goes on after the object");
            }
            return Optional.of(slim);
        } catch (CharConversionException e) {
            throw new JsonParseException(null, "the line is no UTF-8", e);
        }
    }

    private ObjectNode object(JsonParser parser, Part part, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Optional<JsonNode> value = part.keeps(name) ? value(parser, part.under(name), depth) : skip(parser);
            value.ifPresent(kept -> object.set(name, kept));
        }
        complete(parser);
        return object;
    }

    private JsonNode array(JsonParser parser, Part part, int depth) throws IOException {
        var array = NODES.arrayNode();
        JsonToken token = parser.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            value(parser, part, depth).ifPresent(array::add);
            token = parser.nextToken();
        }
        complete(parser);
        return array;
    }

    private Optional<JsonNode> value(JsonParser parser, Part part, int depth) throws IOException {
        values++;
        if (values > VALUES || characters > CHARACTERS || depth > DEPTH) {
            return skip(parser);
        }
        return Optional.of(
                switch (parser.currentToken()) {
                    case START_OBJECT -> object(parser, part, depth + 1);
                    case START_ARRAY -> array(parser, part, depth + 1);
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
                    case VALUE_TRUE -> NODES.booleanNode(true);
                    case VALUE_FALSE -> NODES.booleanNode(false);
                    case VALUE_NULL -> NODES.nullNode();
                    default -> NODES.textNode(text(parser));
                });
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT, LONG -> NODES.numberNode(parser.getLongValue());
            case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
            default -> NODES.numberNode(parser.getDecimalValue());
        };
    }

    private String text(JsonParser parser) throws IOException {
        String text = Text.cut(parser.getText(), TEXT);
        characters += text.length();
        return text;
    }

    private static Optional<JsonNode> skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        return Optional.empty();
    }

    private static void complete(JsonParser parser) throws IOException {
        if (parser.currentToken() == null) {
            throw new JsonParseException(parser, "the line ends before the object does");
        }
    }

    /** The parts of a line, and what is kept of each. */
    private enum Part {
        LINE(Set.of(
                "type",
                "subtype",
                "uuid",
                "parentUuid",
                "sessionId",
                "timestamp",
                "cwd",
                "gitBranch",
                "version",
                "entrypoint",
                "promptId",
                "requestId",
                "requestedModel",
                "isSidechain",
                "isMeta",
                "isCompactSummary",
                "isVisibleInTranscriptOnly",
                "compactMetadata",
                "agentId",
                "agentName",
                "attributionAgent",
                "isApiErrorMessage",
                "apiErrorStatus",
                "apiErrorType",
                "error",
                "level",
                "content",
                "durationMs",
                "message",
                "attachment",
                "toolUseResult",
                "toolUseID",
                "sourceToolAssistantUUID",
                "permissionDecision",
                "permissionMode",
                "promptSource",
                "turnOrigin",
                "origin",
                "summary",
                "leafUuid",
                "title",
                "aiTitle",
                "customTitle")),
        /** A prompt that was given while the model worked; other attachments are passed over. */
        ATTACHMENT(Set.of("type", "prompt", "commandMode", "origin", "isMeta")),
        MESSAGE(Set.of("id", "type", "model", "role", "usage", "stop_reason", "content")),
        /** Of a result only its numbers and short words: its text stands in the message too. */
        RESULT(Set.of(
                "type",
                "status",
                "success",
                "interrupted",
                "isAsync",
                "code",
                "durationMs",
                "durationSeconds",
                "totalDurationMs",
                "totalTokens",
                "totalToolUseCount",
                "agentId",
                "agentType",
                "resolvedModel",
                "modelsUsed",
                "usage")),
        /** The blocks of a message; {@code source} is an image's or a document's bytes. */
        CONTENT(Set.of("source", "signature", "data", "encrypted_content")),
        REST(Set.of());

        @SuppressWarnings("ImmutableEnumChecker") // a Set.of, which nobody can change
        private final Set<String> names;

        Part(Set<String> names) {
            this.names = names;
        }

        boolean keeps(String name) {
            return switch (this) {
                case LINE, ATTACHMENT, MESSAGE, RESULT -> names.contains(name);
                case CONTENT -> !names.contains(name);
                case REST -> true;
            };
        }

        Part under(String name) {
            return switch (name) {
                case "message" -> this == LINE ? MESSAGE : REST;
                case "attachment" -> this == LINE ? ATTACHMENT : REST;
                case "prompt" -> this == ATTACHMENT ? CONTENT : REST;
                case "toolUseResult" -> this == LINE ? RESULT : REST;
                case "content" -> this == REST || this == RESULT ? REST : CONTENT;
                default -> REST;
            };
        }
    }
}
