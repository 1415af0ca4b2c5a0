/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.voight;

import dev.muster.ingest.source.Fields;
import dev.muster.schemas.avro.EventType;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import dev.muster.schemas.avro.Phase;
import java.util.Set;

/** The rule of what a Voight event is a fact of. */
final class VoightKind {

    private static final Set<String> EDITORS = Set.of("claude-code", "codex", "cursor");
    private static final Set<String> WRAPPERS = Set.of("openai-sdk", "anthropic-sdk", "vercel-ai-sdk", "bitfrost");

    private VoightKind() {}

    /** Whether {@code metadata.tool} names an editor that the SDK runs in. */
    static boolean isEditor(String tool) {
        return EDITORS.contains(tool);
    }

    /**
     * The kind of an event.
     *
     * @param event the event with its type, model, tool, phase, outcome and hook event set
     * @param metadata its metadata, of which {@code source} and {@code kind} say more; neither is taken
     */
    static FactKind of(HookEvent event, Fields metadata) {
        if (event.getEditor()) {
            return isPrompt(event, metadata) ? FactKind.PROMPT : toolKind(event);
        }
        return isModelRequest(event, metadata) ? FactKind.MODEL_REQUEST : toolKind(event);
    }

    private static boolean isPrompt(HookEvent event, Fields metadata) {
        return "UserPromptSubmit".equals(event.getHookEvent())
                || "beforeSubmitPrompt".equals(event.getHookEvent())
                || metadata.matches("kind", "user_prompt");
    }

    /** A wrapper's event is a request whatever else it says: its {@code toolExecuted} is what the model asked for. */
    private static boolean isModelRequest(HookEvent event, Fields metadata) {
        boolean reasoning = event.getType() == EventType.REASONING;
        boolean modelNamed = event.getModel() != null;
        return WRAPPERS.stream().anyMatch(wrapper -> metadata.matches("source", wrapper))
                ? reasoning || modelNamed
                : reasoning && modelNamed && event.getPhase() == null;
    }

    private static FactKind toolKind(HookEvent event) {
        if (event.getToolName() == null) {
            return FactKind.OTHER;
        }
        boolean start = event.getPhase() == null
                ? "PreToolUse".equalsIgnoreCase(event.getHookEvent()) || event.getOutcome() == Outcome.PENDING
                : event.getPhase() == Phase.PRE;
        return start ? FactKind.TOOL_START : FactKind.TOOL_END;
    }
}
