/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Json;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request's body: one JSON object of known fields, each a text. What is wrong is answered in a sentence. */
public final class JsonBody {

    private final JsonNode json;

    private JsonBody(JsonNode json) {
        this.json = json;
    }

    /** Reads a body; answers 415 for what is not said to be JSON, 400 for what is none or has other fields. */
    public static JsonBody of(Context request, String... fields) {
        String type = Optional.ofNullable(request.contentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new UnsupportedMediaTypeResponse("The body must be sent with Content-Type application/json.");
        }
        JsonNode json = json(request.bodyAsBytes());
        List<String> known = List.of(fields);
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new BadRequestResponse("The body may have the " + (known.size() == 1 ? "field " : "fields ")
                        + Choice.listed(known, "and") + ", and no other.");
            }
        });
        return new JsonBody(json);
    }

    /** The same, where no body at all is as good as an empty object. */
    public static JsonBody ofOptional(Context request, String... fields) {
        return request.bodyAsBytes().length == 0 ? new JsonBody(Json.object()) : of(request, fields);
    }

    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.read(body);
            if (json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            throw new BadRequestResponse("The body is not valid JSON.");
        }
        throw new BadRequestResponse("The body must be one JSON object.");
    }

    /** Whether the field is there, be it null. */
    public boolean has(String name) {
        return json.has(name);
    }

    /** A field's text, without the space around it; empty when it is absent or null. */
    public Optional<String> text(String name, int max) {
        if (!json.hasNonNull(name)) {
            return Optional.empty();
        }
        String text = json.get(name).isTextual() ? json.get(name).textValue().strip() : "";
        if (text.isEmpty() || text.length() > max || !isPrintable(text)) {
            throw new BadRequestResponse(
                    name + " must be a text of 1 to " + max + " characters, without control characters.");
        }
        return Optional.of(text);
    }

    /** Half of a surrogate pair is no character: it would be another one after every encoding. */
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }
}
