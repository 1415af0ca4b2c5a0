/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;

/** What each hook event is a fact of, and how it ended. One that is not listed is a fact like any other. */
final class HookMeaning {

    /** Claude Code's rules denied the call before anybody was asked. */
    private static final String DENIED_BY_RULE = "settings_blocked";

    private HookMeaning() {}

    static void describe(HookEvent event, Fields payload) {
        switch (event.getHookEvent()) {
            case "UserPromptSubmit" -> {
                event.setKind(FactKind.PROMPT);
                payload.text("prompt", Text.PREVIEW).ifPresent(text -> Speaker.attribute(event, text));
            }
            case "PreToolUse" -> tool(event, FactKind.TOOL_START, Phase.PRE, Outcome.PENDING);
            case "PostToolUse" -> {
                tool(event, FactKind.TOOL_END, Phase.POST, Outcome.SUCCESS);
                event.setInterrupted(payload.object("tool_response")
                        .map(result -> result.path("interrupted").asBoolean())
                        .orElse(false));
            }
            case "PostToolUseFailure" -> {
                failedTool(event);
                event.setInterrupted(payload.matches("is_interrupt", "true"));
                payload.text("error", Text.PREVIEW).ifPresent(event::setErrorMessage);
            }
            case "PermissionDenied" -> {
                failedTool(event);
                event.setDenialType(DENIED_BY_RULE);
                payload.text("reason", Text.PREVIEW).ifPresent(event::setDenialReason);
            }
            case "StopFailure" -> {
                event.setKind(FactKind.FAILED_TURN);
                failed(event);
                payload.text("error", Text.NAME).ifPresent(event::setErrorType);
                payload.text("error_details", Text.PREVIEW)
                        .or(() -> payload.text("last_assistant_message", Text.PREVIEW))
                        .ifPresent(event::setErrorMessage);
            }
            default -> {
                // Stop, Notification, SubagentStart and all others are facts of their own, with no outcome to tell.
            }
        }
    }

    private static void tool(HookEvent event, FactKind kind, Phase phase, Outcome outcome) {
        event.setKind(kind);
        event.setType(EventType.ACTION);
        event.setPhase(phase);
        event.setOutcome(outcome);
    }

    private static void failedTool(HookEvent event) {
        tool(event, FactKind.TOOL_END, Phase.POST, Outcome.FAILED);
        failed(event);
    }

    private static void failed(HookEvent event) {
        event.setType(EventType.ERROR);
        event.setOutcome(Outcome.FAILED);
    }
}
