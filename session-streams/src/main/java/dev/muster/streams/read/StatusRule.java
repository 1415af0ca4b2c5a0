/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.Surroundings;
import java.time.Duration;

/** The rule of a session's status: by its facts and the clock, the first that fits. */
public final class StatusRule {

    private static final Duration ACTIVE_FOR = Duration.ofMinutes(5);
    private static final Duration IDLE_FOR = Duration.ofMinutes(30);

    private StatusRule() {}

    /**
     * A session's status.
     *
     * @param paused whether its agent is paused
     * @param failed whether it has a failure that is not acknowledged
     * @param last its last event, epoch milliseconds; one that is ahead of the clock is new
     * @param activeUntil until when a task in the background keeps it active, epoch milliseconds
     * @param now the clock, epoch milliseconds
     */
    public static Status of(boolean paused, boolean failed, long last, long activeUntil, long now) {
        if (paused) {
            return Status.PAUSED;
        }
        if (failed) {
            return Status.ERRORED;
        }
        long age = now - last;
        if (age < ACTIVE_FOR.toMillis() || now < activeUntil) {
            return Status.ACTIVE;
        }
        return age <= IDLE_FOR.toMillis() ? Status.IDLE : Status.DONE;
    }

    /** A session's status as its facts and its agent's commands are. */
    public static Status of(SessionAggregate session, AgentControl agent, long now) {
        return of(
                agent.isPaused(),
                session.unacknowledged() > 0,
                session.last(),
                session.surroundings().activeUntil(),
                now);
    }

    /** The earliest last event that a session of a status can have, epoch milliseconds. */
    public static long earliest(Status status, long now) {
        return switch (status) {
            case ACTIVE -> now - Surroundings.BELIEVED.toMillis() + 1;
            case IDLE -> now - IDLE_FOR.toMillis();
            case PAUSED, ERRORED, DONE -> Long.MIN_VALUE;
        };
    }
}
