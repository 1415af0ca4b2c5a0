/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The sessions that an agent began on one day.
 *
 * @param agentId the agent's id
 * @param agentName the agent's name
 * @param day the day, in the installation's zone
 * @param status as of one session: paused, errored if any session is, else by the latest event
 * @param sessions how many sessions
 * @param erroredSessions how many of them have a failure that is not acknowledged
 * @param latestSessionId the session with the latest event
 * @param latestTitle that session's title
 * @param startedAt the earliest session's first event
 * @param lastEventAt the latest event
 * @param duration the sum of the sessions' durations
 * @param active the sum of the sessions' active times
 * @param traces how many traces the sessions have
 * @param figures the sum of the sessions' figures; no orphans, which are told by session
 */
public record DayGroupView(
        String agentId,
        String agentName,
        LocalDate day,
        Status status,
        long sessions,
        long erroredSessions,
        String latestSessionId,
        Optional<String> latestTitle,
        Instant startedAt,
        Instant lastEventAt,
        Duration duration,
        Duration active,
        long traces,
        FiguresView figures) {}
