/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.SourceJson;
import dev.muster.ingest.source.Text;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What runs behind a conversation, as the hooks at a turn's end list it: tasks in the background, and prompts that are scheduled. A
 * list replaces the one before it; with the session's end, and the start of another process for it, nothing runs any more.
 */
final class Background {

    private static final String NONE = "{}";
    private static final String TASKS = "background_tasks";
    private static final String CRONS = "session_crons";
    private static final int MAX_TEXT = 120;
    private static final List<String> TASK_FIELDS = List.of("id", "type", "description");
    private static final List<String> CRON_FIELDS = List.of("id", "schedule", "prompt");

    /** A task that is listed after it has ended says so. */
    private static final Set<String> RUNNING = Set.of("", "running", "pending", "in_progress", "queued");

    /** The sources of a start that are a process's: what ran behind another has ended with it. */
    private static final Set<String> STARTS = Set.of("startup", "resume");

    private Background() {}

    /** The list that a hook tells, as JSON of at most {@value Text#PREVIEW} characters; empty when it tells none. */
    static Optional<String> told(String hookEvent, Fields payload) {
        boolean isNewProcess = hookEvent.equals("SessionStart")
                && STARTS.stream().anyMatch(source -> payload.matches("source", source));
        if (hookEvent.equals("SessionEnd") || isNewProcess) {
            return Optional.of(NONE);
        }
        Optional<JsonNode> tasks = payload.value(TASKS).filter(JsonNode::isArray);
        Optional<JsonNode> crons = payload.value(CRONS).filter(JsonNode::isArray);
        if (tasks.isEmpty() && crons.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode told = SourceJson.newObject();
        tasks.ifPresent(list -> putAll(told, "tasks", list, TASK_FIELDS));
        crons.ifPresent(list -> putAll(told, "crons", list, CRON_FIELDS));
        return Optional.of(SourceJson.canonical(told));
    }

    /** Those that fit; what is left out is the list's end. */
    private static void putAll(ObjectNode target, String name, JsonNode list, List<String> fields) {
        ArrayNode kept = SourceJson.newObject().arrayNode();
        for (JsonNode each : list) {
            if (each instanceof ObjectNode entry
                    && RUNNING.contains(entry.path("status").asText())) {
                kept.add(of(new Fields(entry), fields));
                target.set(name, kept);
                if (SourceJson.canonical(target).length() > Text.PREVIEW) {
                    kept.remove(kept.size() - 1);
                    return;
                }
            }
        }
    }

    private static ObjectNode of(Fields entry, List<String> fields) {
        ObjectNode told = SourceJson.newObject();
        fields.forEach(field -> entry.text(field, MAX_TEXT)
                .or(() -> field.equals("schedule") ? entry.text("cron", MAX_TEXT) : Optional.empty())
                .ifPresent(text -> told.put(field, text)));
        return told;
    }
}
