/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.ingest.source.SourceJson;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.HookEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A recorded session of Claude Code, played by a client that heeds what it is answered. */
class PausedClaudeCodeTest {

    private static final String AGENT = "claude-code:project";
    private static final List<JsonNode> SESSION = Fixtures.hooks().stream()
            .map(hook -> SourceJson.value(hook).orElseThrow())
            .toList();

    private final TestCollector collector = new TestCollector(Map.of());
    private final ClaudeCodePlayer player = new ClaudeCodePlayer(collector.uri("/v1/hooks/claude-code"));

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void anAgentThatIsNotPausedGoesOn() throws Exception {
        collector.controls.command("claude-code:another", AgentCommandKind.PAUSE);

        player.play(SESSION, event -> {});

        assertThat(player.played()).hasSize(SESSION.size());
        assertThat(player.told()).isEmpty();
    }

    @Test
    void aPausedAgentIsStoppedAtItsNextHook() throws Exception {
        player.play(SESSION, event -> {
            if (event.equals("PreToolUse")) {
                collector.controls.command(AGENT, AgentCommandKind.PAUSE);
            }
        });

        // The first turn ends at its second call, and no other prompt gets a turn.
        assertThat(player.played())
                .containsExactly(
                        "SessionStart",
                        "UserPromptSubmit",
                        "PreToolUse",
                        "PreToolUse",
                        "UserPromptSubmit",
                        "UserPromptSubmit",
                        "UserPromptSubmit",
                        "UserPromptSubmit",
                        "UserPromptSubmit",
                        "UserPromptSubmit",
                        "SessionEnd");
        assertThat(player.deniedCalls()).containsExactly("toolu_b1");
        assertThat(player.told()).hasSize(7).containsOnly(FakeControls.STOP_REASON);
        assertThat(collector.events())
                .as("all that a paused agent still tells is taken")
                .extracting(HookEvent::getHookEvent)
                .containsExactlyElementsOf(player.played());
    }

    @Test
    void itGoesOnWhenItIsResumed() throws Exception {
        collector.controls.command(AGENT, AgentCommandKind.PAUSE);
        player.play(SESSION.subList(0, 7), event -> {});
        assertThat(player.played()).containsExactly("SessionStart", "UserPromptSubmit");

        collector.controls.command(AGENT, AgentCommandKind.RESUME);
        player.play(SESSION.subList(7, SESSION.size()), event -> {});

        assertThat(player.played()).hasSize(2 + SESSION.size() - 7);
    }

    @Test
    void aRunningCallIsTheLastOfItsTurn() throws Exception {
        List<JsonNode> failingTurn = SESSION.subList(9, 13);
        player.play(failingTurn, event -> {
            if (event.equals("PreToolUse")) {
                collector.controls.command(AGENT, AgentCommandKind.PAUSE);
            }
        });

        assertThat(player.played()).containsExactly("UserPromptSubmit", "PreToolUse", "PostToolUseFailure");
    }

    @Test
    void aDeletedAgentIsNotStoppedButNothingOfItIsTaken() throws Exception {
        collector.controls.command(AGENT, AgentCommandKind.DELETE);

        player.play(SESSION, event -> {});

        assertThat(player.played()).hasSize(SESSION.size());
        assertThat(collector.events()).isEmpty();
    }
}
