/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import dev.muster.ingest.source.Fields;
import dev.muster.ingest.source.Text;
import dev.muster.schemas.avro.HookEvent;

/** The fields of a payload that mean the same in whichever hook event they come. */
final class HookFields {

    private HookFields() {}

    static void describe(HookEvent event, Fields payload) {
        payload.id("prompt_id").ifPresent(event::setTraceId);
        payload.text("cwd", Text.PREVIEW).ifPresent(event::setCwd);
        payload.text("model", Text.NAME).ifPresent(event::setModel);
        payload.text("session_title", Text.NAME).ifPresent(event::setTitle);
        payload.text("prompt", Text.PREVIEW).ifPresent(event::setPrompt);
        payload.count("duration_ms").ifPresent(event::setDurationMs);
        payload.id("agent_id").ifPresent(subagent -> {
            event.setSubagentId(subagent);
            payload.text("agent_type", Text.NAME).ifPresent(event::setSubagentType);
        });
        payload.text("tool_name", Text.NAME).ifPresent(event::setToolName);
        payload.id("tool_use_id").ifPresent(event::setToolUseId);
        payload.json("tool_input", Text.PREVIEW).ifPresent(event::setToolDetail);
        payload.text("last_assistant_message", Text.PREVIEW)
                .or(() -> payload.preview("tool_response", Text.PREVIEW))
                .ifPresent(event::setResponse);
    }
}
