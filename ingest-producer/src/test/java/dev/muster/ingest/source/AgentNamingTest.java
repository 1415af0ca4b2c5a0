/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentNamingTest {

    @ParameterizedTest
    @CsvSource({
        "/home/dev/client-a/web, web, client-a/web",
        "/home/dev/client-b/web/, web, client-b/web",
        "/home/dev/shop/.claude/worktrees/bold-otter-1f2e, shop, shop",
        "/home/dev/shop/.claude/worktrees/bold-otter-1f2e/src, shop, shop",
        "/Users/dev/work/shop, shop, work/shop",
        "/home/dev/shop, shop, shop",
        "C:\\Users\\dev\\shop, shop, shop",
        "C:\\Users\\dev\\shop\\.claude\\worktrees\\calm-fox, shop, shop",
        "D:\\work\\shop, shop, work/shop",
        "D:\\shop, shop, shop",
        "/srv/shop, shop, srv/shop",
        "/shop, shop, shop",
        "/root/shop, shop, shop",
        "/home/dev, dev, dev",
    })
    void aPlaceNamesItsAgent(String cwd, String directory, String repository) {
        assertThat(AgentNaming.DIRECTORY.label("claude-code", cwd).orElseThrow().text())
                .isEqualTo("claude-code:" + directory);
        assertThat(AgentNaming.REPOSITORY
                        .label("claude-code", cwd)
                        .orElseThrow()
                        .text())
                .isEqualTo("claude-code:" + repository);
    }

    @Test
    void theRootNamesNone() {
        assertThat(AgentNaming.DIRECTORY.label("claude-code", "/")).isEmpty();
        assertThat(AgentNaming.REPOSITORY.label("claude-code", "\\")).isEmpty();
    }

    @Test
    void isRead() {
        assertThat(AgentNaming.from(Settings.of(Map.of()))).isEqualTo(AgentNaming.DIRECTORY);
        assertThat(AgentNaming.from(Settings.of(Map.of("MUSTER_AGENT_NAMING", "repository"))))
                .isEqualTo(AgentNaming.REPOSITORY);
        assertThatThrownBy(() -> AgentNaming.from(Settings.of(Map.of("MUSTER_AGENT_NAMING", "host"))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("MUSTER_AGENT_NAMING is «host», and must be directory or repository.");
    }
}
