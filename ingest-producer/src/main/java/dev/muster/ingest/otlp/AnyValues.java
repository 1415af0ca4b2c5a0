/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.muster.ingest.source.SourceJson;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;

/** Converts OTLP's attribute values to JSON. */
final class AnyValues {

    private AnyValues() {}

    /** Attributes as an object; of a key that is there twice the last value stands. */
    static ObjectNode object(List<KeyValue> attributes) {
        ObjectNode object = SourceJson.newObject();
        attributes.forEach(attribute -> object.set(attribute.getKey(), node(attribute.getValue())));
        return object;
    }

    /** A value; bytes become their base64 text, and a number that JSON has no word for (NaN, infinity) its name. */
    static JsonNode node(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> TextNode.valueOf(value.getStringValue());
            case BOOL_VALUE -> BooleanNode.valueOf(value.getBoolValue());
            case INT_VALUE -> LongNode.valueOf(value.getIntValue());
            case DOUBLE_VALUE -> number(value.getDoubleValue());
            case BYTES_VALUE ->
                TextNode.valueOf(
                        BinaryNode.valueOf(value.getBytesValue().toByteArray()).asText());
            case ARRAY_VALUE -> array(value.getArrayValue().getValuesList());
            case KVLIST_VALUE -> object(value.getKvlistValue().getValuesList());
            default -> NullNode.getInstance();
        };
    }

    private static JsonNode number(double value) {
        return Double.isFinite(value) ? DoubleNode.valueOf(value) : TextNode.valueOf(Double.toString(value));
    }

    private static ArrayNode array(List<AnyValue> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
        values.forEach(value -> array.add(node(value)));
        return array;
    }
}
