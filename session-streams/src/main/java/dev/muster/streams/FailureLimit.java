/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** Tells a passing fault from one that comes again and again: so many failures within so long are too many. */
final class FailureLimit {

    private static final int MAX_FAILURES = 3;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Deque<Instant> failures = new ArrayDeque<>();

    FailureLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts a failure; false when it is one too many. */
    synchronized boolean allowsAnother() {
        Instant now = clock.instant();
        while (!failures.isEmpty() && failures.peekFirst().isBefore(now.minus(WITHIN))) {
            failures.removeFirst();
        }
        failures.addLast(now);
        return failures.size() <= MAX_FAILURES;
    }
}
