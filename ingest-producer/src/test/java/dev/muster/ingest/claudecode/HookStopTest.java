/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.source.SourceJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookStopTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PreToolUse | {'continue':false,'hookSpecificOutput':{'hookEventName':'PreToolUse',"
                        + "'permissionDecision':'deny','permissionDecisionReason':'why'},'stopReason':'why'}",
                "PermissionRequest | {'continue':false,'hookSpecificOutput':{'decision':{'behavior':'deny',"
                        + "'interrupt':true,'message':'why'},'hookEventName':'PermissionRequest'},'stopReason':'why'}",
                "UserPromptSubmit | {'continue':false,'decision':'block','reason':'why','stopReason':'why'}",
                "UserPromptExpansion | {'continue':false,'decision':'block','reason':'why','stopReason':'why'}",
                "PostToolBatch | {'continue':false,'decision':'block','reason':'why','stopReason':'why'}",
                "PostToolUse | {'continue':false,'stopReason':'why'}",
                "PostToolUseFailure | {'continue':false,'stopReason':'why'}",
                "Stop | {'continue':false,'stopReason':'why'}",
                "SubagentStop | {'continue':false,'stopReason':'why'}",
                "TeammateIdle | {'continue':false,'stopReason':'why'}",
                "TaskCompleted | {'continue':false,'stopReason':'why'}"
            })
    void eachEventIsAnsweredAsItCanStopTheClient(String event, String answer) {
        assertThat(HookStop.answer(event, "why").map(SourceJson::canonical)).contains(answer.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SessionStart",
                "SessionEnd",
                "Notification",
                "StopFailure",
                "PreCompact",
                "PostCompact",
                "Elicitation",
                "ElicitationResult",
                "SubagentStart",
                "TaskCreated",
                "PermissionDenied",
                "WorktreeCreate"
            })
    void anEventThatCanStopNothingIsNotAnswered(String event) {
        assertThat(HookStop.answer(event, "why")).isEmpty();
    }

    @Test
    void anEventOfALaterClientIsNotAnswered() {
        assertThat(HookStop.answer("SomethingNew", "why")).isEmpty();
    }
}
