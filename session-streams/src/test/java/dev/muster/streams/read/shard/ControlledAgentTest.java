/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.schemas.FactId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.Outcome;
import dev.muster.streams.read.Status;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a session's readers see of what was commanded of its agent. */
class ControlledAgentTest {

    private static final String AGENT = "c000000000000000000000000";

    private final Sessions sessions = new Sessions(1 << 20);
    private final InstanceReader reader = sessions.reader(Sessions.NOW);

    @BeforeEach
    void a_session() {
        sessions.tell(Sessions.event(FactId.prompt("p"), FactKind.PROMPT, 0)
                .setTraceId("p")
                .setPrompt("fix it")
                .build());
        sessions.tell(Sessions.event(FactId.toolEnd("u"), FactKind.TOOL_END, 1)
                .setTraceId("p")
                .setOutcome(Outcome.FAILED)
                .build());
    }

    private void command(AgentCommandKind kind) {
        sessions.controls.add(AgentCommand.newBuilder()
                .setAccount("local")
                .setAgentId(AGENT)
                .setKind(kind)
                .setName(kind == AgentCommandKind.RENAME ? "The Builder" : null)
                .setBy("somebody")
                .setAt(Sessions.T)
                .build());
    }

    @Test
    void a_renamed_agent_has_its_name_and_the_id_of_its_label() {
        assertThat(sessions.session(0).agentName()).isEqualTo("claude-code:demo");

        command(AgentCommandKind.RENAME);

        assertThat(sessions.session(0).agentName()).isEqualTo("The Builder");
        assertThat(sessions.session(0).agentId()).isEqualTo(AGENT);
    }

    @Test
    void a_paused_agents_sessions_are_paused_whatever_they_did() {
        command(AgentCommandKind.PAUSE);
        assertThat(sessions.session(0).status()).isEqualTo(Status.PAUSED);

        command(AgentCommandKind.RESUME);
        assertThat(sessions.session(0).status()).isEqualTo(Status.ERRORED);
    }

    @Test
    void a_deleted_agents_sessions_are_not_there_until_it_is_restored() {
        command(AgentCommandKind.DELETE);

        assertThat(reader.sessions("local", 10, Optional.empty()).items()).isEmpty();
        assertThat(reader.session("local", "s")).isEmpty();
        assertThat(reader.traces("local", "s", 10, Optional.empty())).isEmpty();
        assertThat(reader.trace("local", "s", "p")).isEmpty();
        assertThat(reader.traceEvents("local", "s", "p", 10, Optional.empty())).isEmpty();
        assertThat(reader.events("local", "s", 10, Optional.empty())).isEmpty();

        command(AgentCommandKind.RESTORE);

        assertThat(reader.sessions("local", 10, Optional.empty()).items()).hasSize(1);
        assertThat(reader.events("local", "s", 10, Optional.empty())
                        .orElseThrow()
                        .items())
                .hasSize(2);
    }
}
