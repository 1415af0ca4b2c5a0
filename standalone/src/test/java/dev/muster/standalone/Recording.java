/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** The bodies that a real client once sent, moved to another session and to the present. */
final class Recording {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Recording() {}

    /**
     * Bodies of the Voight contract, the last of them ten minutes old: what never ended is an orphan by now.
     *
     * @param recordedSession the session id that they were recorded with
     * @param session the id to have instead
     */
    static List<JsonNode> events(String file, String recordedSession, String session) {
        List<JsonNode> bodies = lines(file).stream()
                .map(line -> read(line.replace(recordedSession, session)))
                .toList();
        long last = bodies.stream()
                .mapToLong(body -> body.path("timestamp").longValue())
                .max()
                .orElseThrow();
        long shift = Instant.now().minus(Duration.ofMinutes(10)).toEpochMilli() - last;
        for (JsonNode body : bodies) {
            JsonNode timestamp = body.path("timestamp");
            if (timestamp.isNumber()) {
                ((ObjectNode) body).put("timestamp", timestamp.longValue() + shift);
            } else if (timestamp.isTextual()) {
                Instant moved = Instant.parse(timestamp.textValue()).plusMillis(shift);
                ((ObjectNode) body).put("timestamp", moved.toString());
            }
        }
        return bodies;
    }

    /** Hook payloads, which have no times. */
    static List<JsonNode> hooks(String file) {
        return lines(file).stream().map(line -> read(line).get("body")).toList();
    }

    /** The bodies of a case: a document, or one a line. */
    static List<JsonNode> caseOf(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(Recording.class.getResourceAsStream("/cases/" + file));
                MappingIterator<JsonNode> bodies =
                        JSON.readerFor(JsonNode.class).readValues(in)) {
            return bodies.readAll();
        }
    }

    /**
     * Moves OTLP spans so that the last of them ended at a time, in whole seconds.
     *
     * @return when that was
     */
    static Instant moveSpans(JsonNode traces, Instant to) {
        List<JsonNode> spans = traces.findValues("spans").stream()
                .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
                .toList();
        long last = spans.stream()
                .mapToLong(span -> span.path("endTimeUnixNano").asLong())
                .max()
                .orElseThrow();
        long end = to.getEpochSecond() * 1_000_000_000;
        for (JsonNode span : spans) {
            for (String time : List.of("startTimeUnixNano", "endTimeUnixNano")) {
                ((ObjectNode) span).put(time, String.valueOf(span.path(time).asLong() + end - last));
            }
        }
        return Instant.ofEpochSecond(to.getEpochSecond());
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(String file) {
        InputStream recorded = Objects.requireNonNull(Recording.class.getResourceAsStream("/fixtures/" + file), file);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(recorded, StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
