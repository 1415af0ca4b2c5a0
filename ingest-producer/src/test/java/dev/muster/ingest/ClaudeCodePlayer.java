/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.source.SourceJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plays a recorded session of Claude Code against a collector and heeds its answers as the client does: {@code continue: false}
 * ends the turn where the client honours it, a call that is denied never happens, and a prompt that is blocked has no turn.
 */
final class ClaudeCodePlayer {

    /** The events on which the client honours {@code continue: false}; on all others it discards what it is answered. */
    private static final Set<String> CAN_END_A_TURN =
            Set.of("UserPromptSubmit", "PreToolUse", "PermissionRequest", "PostToolUse", "PostToolUseFailure", "Stop");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI hooks;
    private final Set<String> endedTurns = new HashSet<>();
    private final Set<String> deniedCalls = new HashSet<>();
    private final List<String> played = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    ClaudeCodePlayer(URI hooks) {
        this.hooks = hooks;
    }

    /** Plays hooks, and tells after each which event it was. */
    void play(List<JsonNode> recorded, Consumer<String> afterEach) throws IOException, InterruptedException {
        for (JsonNode hook : recorded) {
            if (comesToPass(hook)) {
                String event = hook.path("hook_event_name").asText();
                heed(hook, event, send(hook));
                played.add(event);
                afterEach.accept(event);
            }
        }
    }

    /** The events of the hooks that came to pass. */
    List<String> played() {
        return played;
    }

    /** What the user was told of why a turn ended. */
    List<String> told() {
        return told;
    }

    /** The calls that were denied. */
    Set<String> deniedCalls() {
        return deniedCalls;
    }

    private boolean comesToPass(JsonNode hook) {
        // A turn that was ended has no more hooks; what ends the session belongs to no turn.
        return (hook.path("hook_event_name").asText().equals("SessionEnd")
                        || !endedTurns.contains(hook.path("prompt_id").asText()))
                && !deniedCalls.contains(hook.path("tool_use_id").asText());
    }

    private void heed(JsonNode hook, String event, JsonNode answer) {
        if (CAN_END_A_TURN.contains(event) && !answer.path("continue").asBoolean(true)) {
            endedTurns.add(hook.path("prompt_id").asText());
            told.add(answer.path("stopReason").asText());
        }
        JsonNode specific = answer.path("hookSpecificOutput");
        if (specific.path("hookEventName").asText().equals(event)
                && specific.path("permissionDecision").asText().equals("deny")) {
            deniedCalls.add(hook.path("tool_use_id").asText());
        }
        if (event.equals("UserPromptSubmit") && answer.path("decision").asText().equals("block")) {
            endedTurns.add(hook.path("prompt_id").asText());
        }
        if (event.equals("Stop") && answer.path("decision").asText().equals("block")) {
            throw new AssertionError("the client was told to go on: " + answer);
        }
    }

    private JsonNode send(JsonNode hook) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(hooks)
                .header("Authorization", "Bearer vk_test")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(SourceJson.canonical(hook)))
                .build();
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            // An error of a hook never blocks the client.
            return SourceJson.newObject();
        }
        return answer.body().isEmpty()
                ? SourceJson.newObject()
                : SourceJson.value(answer.body()).orElseThrow();
    }
}
