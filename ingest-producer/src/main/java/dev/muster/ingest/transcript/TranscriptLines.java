/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.Json;
import dev.muster.ingest.source.Reading;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps lines of a transcript, as they stand in its file, to the facts they tell. A line speaks for itself: session, time,
 * place and prompt are in it. Two things hold beyond a line. Lines with one {@code message.id} are one request, which counts
 * with the largest usage among them; and a tool's result does not name the tool, so it is looked up in the call before it, or
 * in the line's own {@code toolNames}, which whoever sends a transcript in parts may add.
 *
 * <p>A line that is wrong is refused alone. One of a type that tells no facts is counted by its type.
 */
public final class TranscriptLines implements EventSource {

    /** What a body is. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    @Override
    public String name() {
        return "transcript";
    }

    @Override
    public Reading read(Incoming incoming) throws InvalidBodyException {
        List<Reading.Refusal> refused = new ArrayList<>();
        Map<Integer, ObjectNode> lines = parse(incoming.body(), refused);
        Messages messages = Messages.of(lines.values());
        Map<String, String> titles = new HashMap<>();
        Map<String, Integer> ignored = new TreeMap<>();
        List<HookEvent> events = new ArrayList<>();
        lines.forEach((index, line) -> {
            List<Issue> issues = LineCheck.issues(line);
            String title = Titles.of(line);
            if (!title.isEmpty()) {
                titles.put(line.path("sessionId").asText(), title);
            } else if (!LineCheck.tellsFacts(line)) {
                ignored.merge(typeOf(line), 1, Integer::sum);
            } else if (!issues.isEmpty()) {
                refused.add(new Reading.Refusal(index, issues));
            } else {
                List<HookEvent> told = new LineFacts(incoming, line, messages).events();
                events.addAll(told);
                if (told.isEmpty()) {
                    ignored.merge(typeOf(line), 1, Integer::sum);
                }
            }
        });
        // A title has no time of its own, so it travels with a fact of its session.
        events.forEach(event -> {
            String title = titles.get(event.getSessionId());
            if (title != null) {
                event.setTitle(title);
            }
        });
        return new Reading(events, refused, ignored);
    }

    /** The lines that are JSON objects, by their place; blank ones are none. */
    private static Map<Integer, ObjectNode> parse(byte[] body, List<Reading.Refusal> refused) {
        Map<Integer, ObjectNode> lines = new TreeMap<>();
        String[] texts = new String(body, UTF_8).split("\n", -1);
        for (int i = 0; i < texts.length; i++) {
            if (texts[i].isBlank()) {
                continue;
            }
            try {
                lines.put(i, Json.object(texts[i].getBytes(UTF_8)));
            } catch (InvalidBodyException e) {
                refused.add(new Reading.Refusal(i, e.issues()));
            }
        }
        return lines;
    }

    private static String typeOf(ObjectNode line) {
        String type = line.path("type").asText();
        return type.isBlank() ? "untyped" : Text.cut(type, Text.NAME);
    }
}
