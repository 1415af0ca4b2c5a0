/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AgentIdTest {

    @Property
    void everyLabelHasAnIdOfTheRightShape(@ForAll String label) {
        assertThat(AgentId.of("acme", label)).matches("c[a-z0-9]{24}").isEqualTo(AgentId.of("acme", label));
        assertThat(AgentId.isId(AgentId.of("acme", label))).isTrue();
    }

    @Test
    void anIdNeverChanges() {
        assertThat(AgentId.of("local", "claude-code:demo-app")).isEqualTo("cgky04k32n3q83wlmdh5hjdo0");
    }

    @Test
    void anIdIsTakenAsItIsInEveryAccount() {
        String id = AgentId.of("acme", "bot");

        assertThat(AgentId.of("other", id)).isEqualTo(id);
    }

    @Test
    void accountsDoNotShareAgents() {
        assertThat(AgentId.of("acme", "bot")).isNotEqualTo(AgentId.of("other", "bot"));
    }

    @Test
    void aLabelIsNoId() {
        assertThat(AgentId.isId("claude-code:demo")).isFalse();
        assertThat(AgentId.isId("c".repeat(24))).isFalse();
        assertThat(AgentId.isId("C" + "a".repeat(24))).isFalse();
    }
}
