/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Puts Muster's entries into settings of Claude Code, and takes exactly these out again. A hook is ours by where it goes.
 * Of the variables, one of our own notes which we have set, a hash of what to, and what was there before: what somebody
 * has changed since is no longer ours.
 */
final class ClaudeCodeConnection {

    /** The variable that holds our note. */
    static final String NOTE = "TELEMETRY_SET_BY_MUSTER";

    /** Whatever its user has set it to is right. */
    private static final String INTERVAL = "OTEL_LOGS_EXPORT_INTERVAL";

    private static final String EMPTY = "empty";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode settings;
    private final List<String> conflicts = new ArrayList<>();

    private ClaudeCodeConnection(ObjectNode settings) {
        this.settings = settings;
    }

    /** Settings that have not the shape of Claude Code's; the message says where. */
    static final class UnknownShapeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnknownShapeException(String message) {
            super(message);
        }
    }

    /**
     * Settings with our entries.
     *
     * @param settings the new ones
     * @param conflicts the variables that were left as they are, because the user has set them to something else
     */
    record Connected(ObjectNode settings, List<String> conflicts) {}

    /**
     * Connects, in place of an earlier connection.
     *
     * @param hooks by event
     * @param variables to set
     * @param force whether to replace what the user has set
     * @throws UnknownShapeException if the settings have not the shape of Claude Code's
     */
    static Connected connect(
            ObjectNode before, Map<String, Object> hooks, Map<String, String> variables, boolean force) {
        ClaudeCodeConnection connection = new ClaudeCodeConnection(undo(before));
        ObjectNode note = JSON.createObjectNode();
        ArrayNode empty = JSON.createArrayNode();
        connection.addHooks(hooks, empty);
        connection.addVariables(variables, force, note, empty);
        if (!empty.isEmpty()) {
            note.set(EMPTY, empty);
        }
        if (!note.isEmpty()) {
            child(connection.settings, "env").put(NOTE, note.toString());
        }
        return new Connected(connection.settings, connection.conflicts);
    }

    /** The settings without our entries. */
    static ObjectNode undo(ObjectNode connected) {
        ClaudeCodeConnection connection = new ClaudeCodeConnection(connected.deepCopy());
        connection.checkShape();
        ObjectNode note = connection.note();
        List<String> keep = new ArrayList<>();
        note.path(EMPTY).forEach(name -> keep.add(name.asText()));
        connection.removeHooks(keep);
        connection.removeVariables(note, keep);
        return connection.settings;
    }

    /** Whether a handler goes to a collector. */
    static boolean isOurs(JsonNode handler) {
        String command = handler.path("command").asText();
        return handler.path("url").asText().endsWith(ClaudeCodeSettings.HOOKS)
                || (command.startsWith("curl ") && command.contains(ClaudeCodeSettings.HOOKS));
    }

    private void addHooks(Map<String, Object> hooks, ArrayNode empty) {
        if (settings.path("hooks").isObject() && settings.get("hooks").isEmpty()) {
            empty.add("hooks");
        }
        ObjectNode byEvent = child(settings, "hooks");
        hooks.forEach((event, groups) -> {
            if (byEvent.path(event).isArray() && byEvent.get(event).isEmpty()) {
                empty.add("hooks/" + event);
            }
            byEvent.withArrayProperty(event).addAll((ArrayNode) JSON.<JsonNode>valueToTree(groups));
        });
    }

    private void addVariables(Map<String, String> variables, boolean force, ObjectNode note, ArrayNode empty) {
        JsonNode present = settings.path("env");
        variables.forEach((name, value) -> {
            if (!name.equals(INTERVAL)
                    && present.hasNonNull(name)
                    && !present.get(name).asText().equals(value)) {
                conflicts.add(name);
            }
        });
        present.fieldNames().forEachRemaining(name -> {
            if (name.startsWith("OTEL_EXPORTER_OTLP_LOGS_")) {
                conflicts.add(name);
            }
        });
        if (!conflicts.isEmpty() && !force) {
            return;
        }
        if (present.isObject() && present.isEmpty()) {
            empty.add("env");
        }
        ObjectNode env = child(settings, "env");
        variables.forEach((name, value) -> {
            JsonNode old = env.get(name);
            if (old == null || (!name.equals(INTERVAL) && !old.asText().equals(value))) {
                ArrayNode entry = note.putArray(name).add(print(value));
                if (old != null) {
                    entry.add(old);
                }
                env.put(name, value);
            }
        });
    }

    private void removeHooks(List<String> keep) {
        if (!(settings.get("hooks") instanceof ObjectNode byEvent)) {
            return;
        }
        boolean removed = false;
        for (String event : names(byEvent)) {
            ArrayNode groups = (ArrayNode) byEvent.get(event);
            if (removeFrom(groups)) {
                removed = true;
                if (groups.isEmpty() && !keep.contains("hooks/" + event)) {
                    byEvent.remove(event);
                }
            }
        }
        if (removed && byEvent.isEmpty() && !keep.contains("hooks")) {
            settings.remove("hooks");
        }
    }

    private static boolean removeFrom(ArrayNode groups) {
        boolean removed = false;
        for (int i = groups.size() - 1; i >= 0; i--) {
            if (!(groups.get(i).path("hooks") instanceof ArrayNode handlers)) {
                continue;
            }
            boolean here = false;
            for (int k = handlers.size() - 1; k >= 0; k--) {
                if (isOurs(handlers.get(k))) {
                    handlers.remove(k);
                    here = true;
                }
            }
            if (here && handlers.isEmpty()) {
                groups.remove(i);
            }
            removed |= here;
        }
        return removed;
    }

    private void removeVariables(ObjectNode note, List<String> keep) {
        if (!(settings.get("env") instanceof ObjectNode env) || !env.has(NOTE)) {
            return;
        }
        env.remove(NOTE);
        note.properties().forEach(entry -> {
            String name = entry.getKey();
            if (!name.equals(EMPTY)
                    && env.path(name).isTextual()
                    && print(env.get(name).textValue())
                            .equals(entry.getValue().path(0).asText())) {
                JsonNode old = entry.getValue().get(1);
                if (old == null) {
                    env.remove(name);
                } else {
                    env.set(name, old);
                }
            }
        });
        if (env.isEmpty() && !keep.contains("env")) {
            settings.remove("env");
        }
    }

    private void checkShape() {
        for (String name : List.of("hooks", "env")) {
            if (settings.has(name) && !settings.get(name).isObject()) {
                throw new UnknownShapeException("its " + name + " is no object");
            }
        }
        settings.path("hooks").properties().forEach(event -> {
            if (!event.getValue().isArray()) {
                throw new UnknownShapeException("its hooks for " + event.getKey() + " are no list");
            }
        });
    }

    private ObjectNode note() {
        try {
            JsonNode note = JSON.readTree(settings.path("env").path(NOTE).asText("{}"));
            return note instanceof ObjectNode object ? object : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            // Somebody has changed it: then no variable is known to be ours.
            return JSON.createObjectNode();
        }
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.withObjectProperty(name);
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String print(String value) {
        return HexFormat.of().formatHex(Digests.sha256(value.getBytes(StandardCharsets.UTF_8)), 0, 4);
    }
}
