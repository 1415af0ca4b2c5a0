/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.SourceJson;
import java.util.Optional;

/**
 * The answers to a hook that make Claude Code stop. {@code continue: false} ends the turn wherever a hook's event can end
 * one; where something is about to happen, it is refused as well, for other hooks and older clients. A Stop is never answered
 * with a decision: there, to block is to keep the agent going. Events whose answers the client discards get none.
 */
public final class HookStop {

    private static final String EVENT = "hookEventName";

    private HookStop() {}

    /**
     * The answer to a hook of an agent that is to stop; empty if that event can stop nothing.
     *
     * @param hookEvent the hook's event
     * @param reason why, as the user is to read it
     */
    public static Optional<ObjectNode> answer(String hookEvent, String reason) {
        return switch (hookEvent) {
            case "PreToolUse" -> Optional.of(denied(stop(reason), reason));
            case "PermissionRequest" -> Optional.of(notPermitted(stop(reason), reason));
            case "UserPromptSubmit", "UserPromptExpansion", "PostToolBatch" ->
                Optional.of(stop(reason).put("decision", "block").put("reason", reason));
            case "PostToolUse", "PostToolUseFailure", "Stop", "SubagentStop", "TeammateIdle", "TaskCompleted" ->
                Optional.of(stop(reason));
            default -> Optional.empty();
        };
    }

    private static ObjectNode stop(String reason) {
        return SourceJson.newObject().put("continue", false).put("stopReason", reason);
    }

    private static ObjectNode denied(ObjectNode answer, String reason) {
        answer.putObject("hookSpecificOutput")
                .put(EVENT, "PreToolUse")
                .put("permissionDecision", "deny")
                .put("permissionDecisionReason", reason);
        return answer;
    }

    private static ObjectNode notPermitted(ObjectNode answer, String reason) {
        answer.putObject("hookSpecificOutput")
                .put(EVENT, "PermissionRequest")
                .putObject("decision")
                .put("behavior", "deny")
                .put("message", reason)
                .put("interrupt", true);
        return answer;
    }
}
