/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.transcript;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.EventSource;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps lines of a transcript, as they stand in its file, to the facts they tell. A line speaks for itself: session, time and
 * place are in it. Three things hold beyond a line. Lines of one message are one request, see {@link MessageRuns}, which
 * counts with the largest usage among them. The model's lines belong to the prompt that the user's line before them names, see
 * {@link PromptTracker}. And a tool's result does not name the tool, so it is looked up in the call before it, or in the line's own
 * {@code toolNames}. Whoever sends a transcript in parts may add that, and {@code promptId}.
 *
 * <p>A line that is wrong is refused alone. One of a type that tells no facts is counted by its type.
 */
public final class TranscriptLines implements EventSource {

    /** What a body is. */
    public static final String MEDIA_TYPE = "application/x-ndjson";

    /** The most lines of a body that are not blank. */
    public static final int MAX_LINES = 10_000;

    @Override
    public String name() {
        return "transcript";
    }

    @Override
    public MappedBody read(Incoming incoming) throws InvalidBodyException {
        List<MappedBody.Refusal> refused = new ArrayList<>();
        Map<Integer, ObjectNode> lines = parse(incoming.body(), refused);
        PromptTracker tracker = new PromptTracker();
        ToolNames tools = new ToolNames();
        lines.values().forEach(line -> {
            tracker.complete(line);
            tools.complete(line);
        });
        Messages messages = Messages.of(lines.values());
        Titles titles = new Titles();
        Map<String, Integer> ignored = new TreeMap<>();
        List<MappedBody.Part> parts = new ArrayList<>();
        lines.forEach((index, line) -> {
            if (titles.take(line)) {
                return;
            }
            boolean tells = LineCheck.hasFacts(line);
            List<Issue> issues = tells ? LineCheck.issues(line) : List.of();
            if (!issues.isEmpty()) {
                refused.add(MappedBody.Refusal.invalid(index, issues));
                return;
            }
            List<HookEvent> told = tells ? LineFacts.of(new CheckedLine(incoming, line, messages)) : List.of();
            if (told.isEmpty()) {
                ignored.merge(typeOf(line), 1, Integer::sum);
            } else {
                parts.add(new MappedBody.Part(index, told));
            }
        });
        refused.sort(Comparator.comparingInt(MappedBody.Refusal::index));
        MappedBody mapped = new MappedBody(parts, refused, ignored);
        mapped.events().forEach(event -> titles.of(event.getSessionId()).ifPresent(event::setTitle));
        return mapped;
    }

    /** The lines that are JSON objects, by their place; blank ones are none. */
    private static Map<Integer, ObjectNode> parse(byte[] body, List<MappedBody.Refusal> refused)
            throws InvalidBodyException {
        Map<Integer, ObjectNode> lines = new TreeMap<>();
        int index = 0;
        for (int start = 0; start < body.length; index++) {
            int end = endOfLine(body, start);
            if (!isBlank(body, start, end)) {
                try {
                    lines.put(index, SourceJson.object(Arrays.copyOfRange(body, start, end)));
                } catch (InvalidBodyException e) {
                    refused.add(MappedBody.Refusal.invalid(index, e.issues()));
                }
                if (lines.size() + refused.size() > MAX_LINES) {
                    throw new InvalidBodyException(
                            List.of(Issue.at("The body must have at most " + MAX_LINES + " lines")));
                }
            }
            start = end + 1;
        }
        return lines;
    }

    private static int endOfLine(byte[] body, int start) {
        int end = start;
        while (end < body.length && body[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlank(byte[] body, int start, int end) {
        for (int i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static String typeOf(ObjectNode line) {
        return new Fields(line).text("type", Text.NAME).orElse("untyped");
    }
}
