/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decodes OTLP's JSON into protobuf messages.
 *
 * <p>It is protobuf's JSON with one difference: ids of traces and spans are hexadecimal, not base64, so protobuf's own
 * reader does not fit. A field may be named as JSON has it or as protobuf does ({@code resourceSpans}, {@code resource_spans}), as
 * OpenTelemetry's collector reads it. Unknown fields are ignored, and null counts as absent.
 */
final class OtlpJson {

    private static final Set<String> HEXADECIMAL = Set.of("trace_id", "span_id", "parent_span_id");

    /** The fields of each type of message by their names in JSON. */
    private static final Map<Descriptor, Map<String, FieldDescriptor>> FIELDS = new ConcurrentHashMap<>();

    private OtlpJson() {}

    /**
     * Sets a message's fields.
     *
     * @param json what was sent, not nested too deep
     * @throws InvalidBodyException if a value does not fit its field, with its path
     */
    static void merge(ObjectNode json, Message.Builder message) throws InvalidBodyException {
        merge(json, message, List.of());
    }

    private static void merge(JsonNode json, Message.Builder message, List<String> path) throws InvalidBodyException {
        if (!json.isObject()) {
            throw expected("an object", path);
        }
        Map<String, FieldDescriptor> fields = FIELDS.computeIfAbsent(message.getDescriptorForType(), OtlpJson::byName);
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            FieldDescriptor field = fields.get(entry.getKey());
            if (field != null && !entry.getValue().isNull()) {
                set(message, field, entry.getValue(), below(path, entry.getKey()));
            }
        }
    }

    private static Map<String, FieldDescriptor> byName(Descriptor type) {
        Map<String, FieldDescriptor> fields = new HashMap<>();
        for (FieldDescriptor field : type.getFields()) {
            fields.put(field.getName(), field);
            fields.put(field.getJsonName(), field);
        }
        return Map.copyOf(fields);
    }

    private static void set(Message.Builder message, FieldDescriptor field, JsonNode json, List<String> path)
            throws InvalidBodyException {
        if (!field.isRepeated()) {
            message.setField(field, value(message, field, json, path));
            return;
        }
        if (!json.isArray()) {
            throw expected("an array", path);
        }
        for (int i = 0; i < json.size(); i++) {
            message.addRepeatedField(field, value(message, field, json.get(i), below(path, Integer.toString(i))));
        }
    }

    private static Object value(Message.Builder message, FieldDescriptor field, JsonNode json, List<String> path)
            throws InvalidBodyException {
        return switch (field.getJavaType()) {
            case MESSAGE -> {
                Message.Builder part = message.newBuilderForField(field);
                merge(json, part, path);
                yield part.build();
            }
            case STRING -> text(json, path);
            case BYTE_STRING -> bytes(field, text(json, path), path);
            case BOOLEAN -> {
                if (!json.isBoolean()) {
                    throw expected("true or false", path);
                }
                yield json.booleanValue();
            }
            case ENUM -> constant(field, json, path);
            case INT -> whole(json, field, path).intValue();
            case LONG -> whole(json, field, path);
            case DOUBLE -> real(json, path);
            case FLOAT -> real(json, path).floatValue();
        };
    }

    private static String text(JsonNode json, List<String> path) throws InvalidBodyException {
        if (!json.isTextual()) {
            throw expected("a string", path);
        }
        return json.textValue();
    }

    private static ByteString bytes(FieldDescriptor field, String text, List<String> path) throws InvalidBodyException {
        boolean hexadecimal = HEXADECIMAL.contains(field.getName());
        try {
            return ByteString.copyFrom(
                    hexadecimal
                            ? HexFormat.of().parseHex(text)
                            : Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw expected(hexadecimal ? "hexadecimal digits" : "base64", path);
        }
    }

    /** An enum's value, by its number as OTLP wants it, or by its name as some send it. */
    private static EnumValueDescriptor constant(FieldDescriptor field, JsonNode json, List<String> path)
            throws InvalidBodyException {
        EnumValueDescriptor constant = json.canConvertToInt()
                ? field.getEnumType().findValueByNumberCreatingIfUnknown(json.intValue())
                : field.getEnumType().findValueByName(json.asText());
        if (constant == null) {
            throw expected("the number of a " + field.getEnumType().getName(), path);
        }
        return constant;
    }

    private static Long whole(JsonNode json, FieldDescriptor field, List<String> path) throws InvalidBodyException {
        return OtlpNumber.whole(json, field).orElseThrow(() -> expected("a whole number", path));
    }

    private static Double real(JsonNode json, List<String> path) throws InvalidBodyException {
        return OtlpNumber.real(json).orElseThrow(() -> expected("a number", path));
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    private static InvalidBodyException expected(String what, List<String> path) {
        return new InvalidBodyException(List.of(new Issue(path, "Expected " + what)));
    }
}
