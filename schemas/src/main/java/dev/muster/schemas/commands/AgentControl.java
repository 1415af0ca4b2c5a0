/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.commands;

import java.time.Instant;
import java.util.Optional;

/**
 * What was commanded of an agent, as it holds now.
 *
 * @param name the name that it was given; empty when its label is its name
 * @param pause who paused it, when and why; empty while it may go on
 * @param deletedAt when it was deleted; empty while it is there
 */
public record AgentControl(Optional<String> name, Optional<Pause> pause, Optional<Instant> deletedAt) {

    /** That of an agent of which nothing was ever commanded. */
    public static final AgentControl NONE = new AgentControl(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * A pause.
     *
     * @param by who paused the agent
     * @param at when
     * @param reason why, in words
     */
    public record Pause(String by, Instant at, Optional<String> reason) {}

    /** Whether it is paused. */
    public boolean isPaused() {
        return pause.isPresent();
    }

    /** Whether it is deleted. */
    public boolean isDeleted() {
        return deletedAt.isPresent();
    }
}
