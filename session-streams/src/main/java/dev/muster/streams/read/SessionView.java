/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A session as it stands.
 *
 * @param id the session's id
 * @param agentId the agent's id
 * @param agentName the agent's name
 * @param title the session's title, else its first prompt, at most 80 characters
 * @param status by its facts and the clock
 * @param waiting whether the agent asked the user and has had no answer
 * @param acknowledgedAt up to when failures are acknowledged, by the time they were appended
 * @param startedAt its first event
 * @param lastEventAt its last event
 * @param active the sum of its activity windows
 * @param windows how many activity windows it has
 * @param traces how many traces it has
 * @param truncated whether rows of it went by retention, so that its sums no longer equal its traces'
 * @param figures its figures
 * @param subagents its subagents
 * @param surroundings where it works and how its conversation stands
 */
public record SessionView(
        String id,
        String agentId,
        String agentName,
        Optional<String> title,
        Status status,
        boolean waiting,
        Optional<Instant> acknowledgedAt,
        Instant startedAt,
        Instant lastEventAt,
        Duration active,
        long windows,
        long traces,
        boolean truncated,
        FiguresView figures,
        List<SubagentView> subagents,
        SurroundingsView surroundings) {}
