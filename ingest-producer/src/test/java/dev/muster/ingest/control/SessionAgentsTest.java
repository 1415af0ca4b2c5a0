/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.LabelRank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionAgentsTest {

    private final SessionAgents sessions = new SessionAgents(2);

    @Test
    void anEventWithoutSessionIsItsOwnAgents() {
        assertThat(agentOf(null, "shop", LabelRank.SERVICE)).isEqualTo(AgentId.of("acme", "shop"));
    }

    @Test
    void telemetryIsTheWorkOfTheAgentWhoseHooksTellOfItsSession() {
        assertThat(agentOf("s1", "claude-code:s1", LabelRank.SESSION)).isEqualTo(AgentId.of("acme", "claude-code:s1"));

        agentOf("s1", "claude-code:demo", LabelRank.DIRECTORY);

        assertThat(agentOf("s1", "claude-code:s1", LabelRank.SESSION))
                .isEqualTo(AgentId.of("acme", "claude-code:demo"));
    }

    @Test
    void anAgentThatChangesItsDirectoryIsTheSame() {
        agentOf("s1", "claude-code:demo", LabelRank.DIRECTORY);

        assertThat(agentOf("s1", "claude-code:sub", LabelRank.DIRECTORY))
                .isEqualTo(AgentId.of("acme", "claude-code:demo"));
        assertThat(agentOf("s2", "claude-code:sub", LabelRank.DIRECTORY))
                .isEqualTo(AgentId.of("acme", "claude-code:sub"));
    }

    @Test
    void whoNamesItsAgentTellsOfThatOne() {
        agentOf("s1", "first", LabelRank.EXPLICIT);

        assertThat(agentOf("s1", "second", LabelRank.EXPLICIT)).isEqualTo(AgentId.of("acme", "second"));
        assertThat(agentOf("s1", "claude-code:s1", LabelRank.SESSION)).isEqualTo(AgentId.of("acme", "first"));
    }

    @Test
    void sessionsOfOtherAccountsAreOthers() {
        agentOf("s1", "claude-code:demo", LabelRank.DIRECTORY);
        HookEvent event = event("s1", "claude-code:s1", LabelRank.SESSION);
        event.setAccount("other");

        assertThat(sessions.agentOf(event)).isEqualTo(event.getAgentId());
    }

    @Test
    void theSessionsHeardOfLastAreRemembered() {
        agentOf("s1", "claude-code:demo", LabelRank.DIRECTORY);
        agentOf("s2", "claude-code:demo", LabelRank.DIRECTORY);
        agentOf("s1", "claude-code:s1", LabelRank.SESSION);
        agentOf("s3", "claude-code:demo", LabelRank.DIRECTORY);

        assertThat(agentOf("s1", "claude-code:s1", LabelRank.SESSION))
                .isEqualTo(AgentId.of("acme", "claude-code:demo"));
        assertThat(agentOf("s2", "claude-code:s2", LabelRank.SESSION)).isEqualTo(AgentId.of("acme", "claude-code:s2"));
    }

    private String agentOf(@Nullable String session, String label, LabelRank rank) {
        return sessions.agentOf(event(session, label, rank));
    }

    private static HookEvent event(@Nullable String session, String label, LabelRank rank) {
        HookEvent event = new HookEvent();
        event.setAccount("acme");
        event.setSessionId(session);
        event.setAgentId(AgentId.of("acme", label));
        event.setAgentLabel(label);
        event.setAgentLabelRank(rank);
        return event;
    }
}
