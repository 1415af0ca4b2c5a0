/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import java.time.Instant;
import java.util.Optional;

/**
 * An agent.
 *
 * @param id its id
 * @param name the name it was given, else its label
 * @param label the label that its id was derived from
 * @param framework the program that told of it first, such as claude-code
 * @param firstSeenAt its first event
 * @param lastSeenAt its last event
 * @param pause who paused it, when and why
 * @param deletedAt when it was deleted
 * @param sessions its sessions within retention
 */
public record AgentView(
        String id,
        String name,
        String label,
        Optional<String> framework,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Optional<AgentControl.Pause> pause,
        Optional<Instant> deletedAt,
        long sessions) {}
