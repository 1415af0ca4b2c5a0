/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.streams.read.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/** How JSON is read and written here: decimals in plain digits, never with an exponent. */
public final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /** An object to fill, its fields in the order they are put. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Reads a document.
     *
     * @throws IOException if it is no JSON, nests too deep, or goes on after its end
     */
    public static JsonNode read(byte[] document) throws IOException {
        return MAPPER.readTree(document);
    }

    /** A number in plain digits; what is no finite number is named in words. */
    static JsonNode decimal(double value) {
        return Double.isFinite(value)
                ? MAPPER.getNodeFactory().numberNode(BigDecimal.valueOf(value).stripTrailingZeros())
                : MAPPER.getNodeFactory().textNode(Double.toString(value));
    }

    /** A page's list under its name, and where the next page begins, null on the last. */
    public static <T> void putPage(ObjectNode target, String name, Page<T> page, Function<T, ObjectNode> item) {
        ArrayNode items = target.putArray(name);
        page.items().forEach(element -> items.add(item.apply(element)));
        target.put("nextCursor", page.nextCursor().orElse(null));
    }

    /** A page's UTF-8 bytes: its list under its name, and {@code nextCursor}. Only one of its items is a tree at a time. */
    public static <T> byte[] writePage(String name, Page<T> page, Function<T, ObjectNode> item) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart(name);
            for (T element : page.items()) {
                MAPPER.writeTree(out, item.apply(element));
            }
            out.writeEndArray();
            out.writeStringField("nextCursor", page.nextCursor().orElse(null));
            out.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("a page of plain values could not be written", e);
        }
        return bytes.toByteArray();
    }

    /** The document's UTF-8 bytes. */
    public static byte[] write(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values could not be written", e);
        }
    }
}
