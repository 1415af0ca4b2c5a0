/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Reads and writes the JSON of events, bounded in depth and in number of values. */
public final class SourceJson {

    /** The deepest nesting of a body, in levels. */
    public static final int MAX_DEPTH = 64;

    /** The most tokens of a body, by the size of the heap: a decoded value takes many times the bytes of its text. */
    static final long MAX_TOKENS = Math.max(10_000, Runtime.getRuntime().maxMemory() / 384);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    /** Fails if anything follows the value. */
    private static final ObjectReader WHOLE =
            MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SourceJson() {}

    /**
     * Parses a body that must be one JSON object.
     *
     * @throws InvalidBodyException if it is no JSON, is no object, nests too deep, or has text after the object
     */
    public static ObjectNode object(byte[] body) throws InvalidBodyException {
        try (JsonParser parser = MAPPER.createParser(body)) {
            JsonNode node = read(parser);
            if (node instanceof ObjectNode object && parser.nextToken() == null) {
                return object;
            }
            throw refused(List.of(), "The body must be one JSON object");
        } catch (IOException e) {
            throw refused(List.of(), "The body is not valid JSON" + where(e));
        }
    }

    /** Parses a text that may be JSON; empty if it is not one JSON value, or nests too deep. */
    public static Optional<JsonNode> value(String text) {
        try {
            return Optional.of(WHOLE.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The canonical text of a value: keys sorted at every depth, no white space. Equal values have equal texts. */
    public static String canonical(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree in memory can always be written", e);
        }
    }

    /** A new, empty object. */
    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    private static JsonNode read(JsonParser parser) throws IOException, InvalidBodyException {
        try {
            return MAPPER.readTree(parser);
        } catch (StreamConstraintsException e) {
            JsonStreamContext innermost = parser.getParsingContext();
            throw refused(
                    topLevelField(innermost),
                    innermost.getNestingDepth() > MAX_DEPTH
                            ? "The body nests deeper than " + MAX_DEPTH + " levels"
                            : "The body holds too many values, or a number or a name that is too long");
        }
    }

    private static List<String> topLevelField(JsonStreamContext innermost) {
        List<String> field = List.of();
        for (JsonStreamContext context = innermost; context != null; context = context.getParent()) {
            if (context.getCurrentName() != null) {
                field = List.of(context.getCurrentName());
            }
        }
        return field;
    }

    private static String where(IOException e) {
        return e instanceof JsonProcessingException json && json.getLocation() != null
                ? " at line " + json.getLocation().getLineNr() + ", column "
                        + json.getLocation().getColumnNr()
                : ": it cannot be read";
    }

    private static InvalidBodyException refused(List<String> path, String message) {
        return new InvalidBodyException(List.of(new Issue(path, message)));
    }
}
