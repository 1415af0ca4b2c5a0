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

/** JSON as the collector reads and writes it. */
public final class Json {

    /** How deep a body may nest. */
    public static final int MAX_DEPTH = 64;

    /** A value takes some 64 bytes when it is decoded, and its text as few as two; all of a body may take a sixth of the heap. */
    static final long MAX_TOKENS = Math.max(10_000, Runtime.getRuntime().maxMemory() / 384);

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    /** Takes no text for the value that it only begins with. */
    private static final ObjectReader WHOLE =
            MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /**
     * Reads a body that must be one JSON object.
     *
     * @throws InvalidBodyException if it is no JSON, no object, nests too deep, or goes on after the object
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

    /** The value of a JSON text that is told inside of another; empty if all of it is none, or nests too deep. */
    public static Optional<JsonNode> value(String text) {
        try {
            return Optional.of(WHOLE.readTree(text)).filter(value -> !value.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** The one text for a value: keys sorted at every depth, no white space. Equal values have equal texts. */
    public static String canonical(JsonNode value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree in memory can always be written", e);
        }
    }

    /** An object for the writer to fill. */
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
