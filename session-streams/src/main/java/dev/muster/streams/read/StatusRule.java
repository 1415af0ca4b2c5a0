/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.SessionFigures;
import java.time.Duration;

/** The rule of a session's status: by its facts and the clock, the first that fits. */
final class StatusRule {

    private static final Duration ACTIVE_FOR = Duration.ofMinutes(5);
    private static final Duration IDLE_FOR = Duration.ofMinutes(30);

    private StatusRule() {}

    static Status of(SessionFigures session, long now) {
        if (session.hasFailures()) {
            return Status.ERRORED;
        }
        long age = now - session.last();
        if (age < ACTIVE_FOR.toMillis()) {
            return Status.ACTIVE;
        }
        return age <= IDLE_FOR.toMillis() ? Status.IDLE : Status.DONE;
    }
}
