/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.query.json.Json;
import dev.muster.query.keys.KeyWish;
import dev.muster.schemas.PrivacyLevel;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The body of a request for a key: a label, and where wanted the agent it is bound to and its privacy level. */
final class KeyRequest {

    private static final String LABEL = "label";
    private static final String AGENT = "agent";
    private static final String PRIVACY = "privacy";
    private static final Set<String> FIELDS = Set.of(LABEL, AGENT, PRIVACY);
    private static final int MAX_TEXT = 120;
    private static final Map<String, PrivacyLevel> LEVELS = Arrays.stream(PrivacyLevel.values())
            .collect(Collectors.toMap(level -> level.name().toLowerCase(Locale.ROOT), level -> level));

    private KeyRequest() {}

    /** Reads it; answers 415 for what is not said to be JSON, 400 for what is wrong, in a sentence. */
    static KeyWish read(Context request) {
        String type = Optional.ofNullable(request.contentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
            throw new UnsupportedMediaTypeResponse("The body must be sent with Content-Type application/json.");
        }
        JsonNode body = json(request.bodyAsBytes());
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw new BadRequestResponse("The body may have the fields label, agent and privacy, and no other.");
            }
        });
        return new KeyWish(
                text(body, LABEL)
                        .orElseThrow(() -> new BadRequestResponse("label is missing: what is the key called?")),
                text(body, AGENT),
                text(body, PRIVACY).map(KeyRequest::level));
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

    private static Optional<String> text(JsonNode body, String name) {
        if (!body.hasNonNull(name)) {
            return Optional.empty();
        }
        String text = body.get(name).isTextual() ? body.get(name).textValue().strip() : "";
        if (text.isEmpty() || text.length() > MAX_TEXT || !isPrintable(text)) {
            throw new BadRequestResponse(
                    name + " must be a text of 1 to " + MAX_TEXT + " characters, without control characters.");
        }
        return Optional.of(text);
    }

    /** Half of a surrogate pair is no character: it would be another one after every encoding. */
    private static boolean isPrintable(String text) {
        return text.codePoints()
                .noneMatch(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE);
    }

    private static PrivacyLevel level(String name) {
        return Optional.ofNullable(LEVELS.get(name))
                .orElseThrow(() -> new BadRequestResponse("privacy must be minimal, standard or full."));
    }
}
