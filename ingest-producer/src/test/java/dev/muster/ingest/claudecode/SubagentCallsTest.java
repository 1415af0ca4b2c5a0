/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.Fixtures;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubagentCallsTest {

    private final ClaudeCodeHooks source = new ClaudeCodeHooks();

    @Test
    void aCallEndsWhenItsSubagentAndItsTurnHaveStopped() throws Exception {
        assertThat(ends("PreToolUse", "Agent", "toolu_a")).isEmpty();
        assertThat(ends("SubagentStart")).isEmpty();
        assertThat(ends("SubagentStop")).isEmpty();
        assertThat(ends("Stop")).containsExactly("tool-end:toolu_a");
        assertThat(ends("Stop")).isEmpty();
    }

    @Test
    void whatTheClientToldTheEndOfIsNotEndedAgain() throws Exception {
        ends("PreToolUse", "Task", "toolu_a");
        ends("PreToolUse", "Task", "toolu_b");
        ends("SubagentStop");
        ends("PostToolUse", "Task", "toolu_a");
        assertThat(ends("Stop")).isEmpty();
    }

    @Test
    void aCallWhoseSubagentRunsOnStaysOpen() throws Exception {
        ends("PreToolUse", "Agent", "toolu_a");
        ends("PreToolUse", "Agent", "toolu_b");
        ends("SubagentStop");
        assertThat(ends("StopFailure")).containsExactly("tool-end:toolu_a");
    }

    @Test
    void otherToolsWaitForTheirOwnEnd() throws Exception {
        ends("PreToolUse", "Bash", "toolu_a");
        ends("SubagentStop");
        assertThat(ends("Stop")).isEmpty();
    }

    @Test
    void theEndIsOneOfTheCall() throws Exception {
        told("PreToolUse", "Agent", "toolu_a");
        told("SubagentStop", "", "");
        HookEvent end = told("Stop", "", "").get(1);

        assertThat(end.getKind()).isEqualTo(FactKind.TOOL_END);
        assertThat(end.getOutcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(end.getToolName()).isEqualTo("Agent");
        assertThat(end.getToolUseId()).isEqualTo("toolu_a");
        assertThat(end.getTraceId()).isEqualTo("p");
        assertThat(end.getMetadata()).isEqualTo("{\"endedBy\":\"SubagentStop\"}");
    }

    private List<String> ends(String hook) throws Exception {
        return ends(hook, "", "");
    }

    private List<String> ends(String hook, String tool, String use) throws Exception {
        return told(hook, tool, use).stream().skip(1).map(HookEvent::getId).toList();
    }

    private List<HookEvent> told(String hook, String tool, String use) throws Exception {
        String call = tool.isEmpty() ? "" : ",\"tool_name\":\"" + tool + "\",\"tool_use_id\":\"" + use + "\"";
        return source.read(Fixtures.request(
                        "{\"session_id\":\"s\",\"prompt_id\":\"p\",\"hook_event_name\":\"" + hook + "\"" + call + "}"))
                .events();
    }
}
