/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeCodeSettingsTest {

    private static final URI COLLECTOR = URI.create("http://127.0.0.1:4999");

    private final JsonNode hooks;

    ClaudeCodeSettingsTest(@TempDir Path folder) throws IOException {
        Path file = ClaudeCodeSettings.write(folder, COLLECTOR, "vk_local");
        hooks = new ObjectMapper().readTree(Files.readString(file)).get("hooks");
    }

    @Test
    void postsToTheCollectorAndNeverWaitsLong() {
        JsonNode hook = hooks.at("/PostToolUse/0/hooks/0");
        assertThat(hook.get("type").asText()).isEqualTo("http");
        assertThat(hook.get("url").asText()).isEqualTo("http://127.0.0.1:4999/v1/hooks/claude-code");
        assertThat(hook.at("/headers/Authorization").asText()).isEqualTo("Bearer vk_local");
        assertThat(hooks).allMatch(event -> event.at("/0/hooks/0/timeout").intValue() == 2);
    }

    @Test
    void tellsOfTheStartByACommandThatCannotFail() {
        JsonNode hook = hooks.at("/SessionStart/0/hooks/0");
        assertThat(hook.get("type").asText()).isEqualTo("command");
        assertThat(hook.get("command").asText())
                .startsWith("curl ")
                .contains("http://127.0.0.1:4999/v1/hooks/claude-code")
                .endsWith("|| true");
    }

    @Test
    void leavesGitsWorktreesAlone() {
        assertThat(hooks.has("WorktreeCreate")).isFalse();
    }
}
