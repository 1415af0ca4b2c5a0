/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hooks and variables that make Claude Code tell the collector what it does, as a settings file of Claude Code's own. An agent
 * waits for its hooks, so each gives up after two seconds; a collector that is away never stops the agent.
 *
 * <p>Left out are the hooks that say nothing of a session's work (MessageDisplay, FileChanged, PostToolBatch and such),
 * and WorktreeCreate, which would replace what git does.
 */
final class ClaudeCodeSettings {

    private static final String FILE_NAME = "claude-code-settings.json";
    private static final int TIMEOUT_S = 2;

    /** The collector's path that takes hooks; a handler that goes there is one of ours. */
    static final String HOOKS = "/v1/hooks/claude-code";

    /** Claude Code takes no HTTP hook for it. */
    private static final String BY_COMMAND = "SessionStart";

    private static final List<String> BY_HTTP = List.of(
            "UserPromptSubmit",
            "PreToolUse",
            "PermissionRequest",
            "PermissionDenied",
            "PostToolUse",
            "PostToolUseFailure",
            "Notification",
            "SubagentStart",
            "SubagentStop",
            "TaskCreated",
            "TaskCompleted",
            "PreCompact",
            "PostCompact",
            "Elicitation",
            "ElicitationResult",
            "Stop",
            "StopFailure",
            "SessionEnd");

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ClaudeCodeSettings() {}

    /** Writes the file into a folder, over an earlier one: the collector may have another port now. */
    static Path write(Path folder, URI collector, String key) throws IOException {
        return Files.writeString(folder.resolve(FILE_NAME), json(collector, key) + "\n");
    }

    static String json(URI collector, String key) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("hooks", hooks(collector, key));
        settings.put("env", telemetry(collector, key));
        return JSON.writeValueAsString(settings);
    }

    /** The hooks by their events. */
    static Map<String, Object> hooks(URI collector, String key) {
        URI hooks = collector.resolve(HOOKS);
        Map<String, Object> byEvent = new LinkedHashMap<>();
        byEvent.put(BY_COMMAND, handler(command(hooks, key)));
        for (String event : BY_HTTP) {
            byEvent.put(event, handler(http(hooks, key)));
        }
        return byEvent;
    }

    /** The variables that make Claude Code export its log events, which know tokens and cost. */
    static Map<String, String> telemetry(URI collector, String key) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("CLAUDE_CODE_ENABLE_TELEMETRY", "1");
        variables.put("OTEL_LOGS_EXPORTER", "otlp");
        variables.put("OTEL_METRICS_EXPORTER", "none");
        variables.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json");
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.toString());
        variables.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer " + key);
        variables.put("OTEL_LOGS_EXPORT_INTERVAL", "2000");
        return variables;
    }

    /** The variables that add prompts and the tools' input to the log events. */
    static Map<String, String> content() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("OTEL_LOG_USER_PROMPTS", "1");
        variables.put("OTEL_LOG_TOOL_DETAILS", "1");
        return variables;
    }

    private static List<Object> handler(Map<String, Object> handler) {
        return List.of(Map.of("hooks", List.of(handler)));
    }

    private static Map<String, Object> http(URI hooks, String key) {
        Map<String, Object> handler = new LinkedHashMap<>();
        handler.put("type", "http");
        handler.put("url", hooks.toString());
        handler.put("timeout", TIMEOUT_S);
        handler.put("headers", Map.of("Authorization", "Bearer " + key));
        return handler;
    }

    private static Map<String, Object> command(URI hooks, String key) {
        Map<String, Object> handler = new LinkedHashMap<>();
        handler.put("type", "command");
        handler.put(
                "command",
                "curl -s -o /dev/null -m " + TIMEOUT_S + " -H 'Authorization: Bearer " + key
                        + "' -H 'Content-Type: application/json' --data-binary @- " + hooks + " || true");
        handler.put("timeout", TIMEOUT_S);
        return handler;
    }
}
