/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.upgrade;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request and what it was answered. */
record Exchange(Request request, Answer answer) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TEXTS = new TypeReference<>() {};

    /**
     * A request to the API.
     *
     * @param target the path and the query, as they stand in the request's first line
     * @param headers what is sent beside Host and the body's length; a Host here goes before the usual one
     * @param body the body; empty for none
     */
    record Request(String method, String target, Map<String, String> headers, String body) {

        static Request get(String target) {
            return new Request("GET", target, Map.of(), "");
        }

        static Request of(String method, String target) {
            return new Request(method, target, Map.of(), "");
        }

        static Request json(String method, String target, String body) {
            return new Request(method, target, Map.of("Content-Type", "application/json"), body);
        }

        Request with(String header, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(header, value);
            return new Request(method, target, more, body);
        }

        @Override
        public String toString() {
            return method + " " + target + (headers.isEmpty() ? "" : " " + headers)
                    + (body.isEmpty() ? "" : " with " + body);
        }
    }

    /**
     * An answer.
     *
     * @param headers those that are {@link #KEPT}
     * @param body exactly what came, UTF-8
     */
    record Answer(int status, Map<String, String> headers, String body) {

        /** The headers that clients go by. Lengths and dates are the server's own business. */
        static final List<String> KEPT =
                List.of("Allow", "Cache-Control", "Content-Disposition", "Content-Type", "Location", "Retry-After");
    }

    /** The exchange as a line of a recording. */
    String toLine() throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("request", request.method() + " " + request.target());
        if (!request.headers().isEmpty()) {
            line.set("requestHeaders", JSON.valueToTree(new TreeMap<>(request.headers())));
        }
        if (!request.body().isEmpty()) {
            line.put("requestBody", request.body());
        }
        line.put("status", answer.status());
        line.set("headers", JSON.valueToTree(new TreeMap<>(answer.headers())));
        line.put("body", answer.body());
        return JSON.writeValueAsString(line);
    }

    /** Reads a line of a recording. */
    static Exchange ofLine(String line) throws IOException {
        JsonNode json = JSON.readTree(line);
        String[] first = json.path("request").textValue().split(" ", 2);
        return new Exchange(
                new Request(
                        first[0],
                        first[1],
                        texts(json.path("requestHeaders")),
                        json.path("requestBody").asText()),
                new Answer(
                        json.path("status").intValue(),
                        texts(json.path("headers")),
                        json.path("body").textValue()));
    }

    private static Map<String, String> texts(JsonNode object) throws IOException {
        return object.isMissingNode() ? Map.of() : JSON.readerFor(TEXTS).readValue(object);
    }
}
