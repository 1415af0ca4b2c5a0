/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.ingest.control.Controls;
import dev.muster.schemas.AgentId;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.avro.AgentCommandKind;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;

/** What is commanded of the agents of the account acme, without a topic; at first nothing. */
final class FakeControls implements Controls {

    /** Why an agent is to stop, as its clients are told. */
    static final String STOP_REASON = "This agent is paused in Muster until it is resumed there;"
            + " ana paused it at 2026-11-22T17:00:00Z. Why: over budget";

    private final AgentControls controls = new AgentControls();
    private volatile boolean complete = true;

    void command(String label, AgentCommandKind kind) {
        controls.add(new AgentCommand(
                "acme",
                AgentId.of("acme", label),
                label,
                kind,
                null,
                "ana",
                "over budget",
                Fixtures.RECEIVED_AT.toEpochMilli()));
    }

    void read(boolean all) {
        complete = all;
    }

    @Override
    public AgentControl of(String account, String agentId) {
        return controls.of(account, agentId);
    }

    @Override
    public boolean complete() {
        return complete;
    }
}
