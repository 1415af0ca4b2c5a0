/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.SessionAggregate;

/** How a session's agent is called. */
@FunctionalInterface
public interface AgentNames {

    /** By the name that it was given, else by the session's own label. */
    AgentNames OF_SESSION = (session, agent) -> agent.name().orElse(session.label());

    /**
     * The name.
     *
     * @param agent what was commanded of the session's agent
     */
    String of(SessionAggregate session, AgentControl agent);
}
