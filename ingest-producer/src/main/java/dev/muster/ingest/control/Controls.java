/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.control;

import dev.muster.schemas.commands.AgentControl;

/** What was commanded of agents. */
@FunctionalInterface
public interface Controls extends AutoCloseable {

    /** What holds for an agent; of one that nothing was commanded of, {@link AgentControl#NONE}. */
    AgentControl of(String account, String agentId);

    /** Whether every command that there is has been read; until then an agent counts as neither paused nor deleted. */
    default boolean complete() {
        return true;
    }

    /** Lets go of what the commands are read from. */
    @Override
    default void close() {}
}
