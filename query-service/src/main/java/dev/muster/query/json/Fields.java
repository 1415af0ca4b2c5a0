/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An object under construction that passes over what is absent: nulls and objects without fields. */
final class Fields {

    private static final int PICO_DIGITS = 12;

    private final ObjectNode json = Json.object();

    Fields put(String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    Fields put(String name, @Nullable Long value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    Fields put(String name, @Nullable Boolean value) {
        if (value != null) {
            json.put(name, value);
        }
        return this;
    }

    /** A constant's name in lower case. */
    Fields put(String name, @Nullable Enum<?> value) {
        return put(name, value == null ? null : value.name().toLowerCase(Locale.ROOT));
    }

    Fields put(String name, @Nullable ObjectNode value) {
        if (value != null && !value.isEmpty()) {
            json.set(name, value);
        }
        return this;
    }

    /** Pico-dollars as dollars, exactly. */
    Fields putUsd(String name, @Nullable Long picoUsd) {
        if (picoUsd != null) {
            json.put(name, BigDecimal.valueOf(picoUsd, PICO_DIGITS).stripTrailingZeros());
        }
        return this;
    }

    /** A JSON text in place, its numbers as they were sent; what is no JSON is shown as a string. */
    Fields putJson(String name, @Nullable String text) {
        if (text != null) {
            if (isJson(text)) {
                json.putRawValue(name, new RawValue(text));
            } else {
                json.put(name, text);
            }
        }
        return this;
    }

    ObjectNode build() {
        return json;
    }

    private static boolean isJson(String text) {
        try {
            JsonNode parsed = Json.MAPPER.readTree(text);
            return !parsed.isMissingNode();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
