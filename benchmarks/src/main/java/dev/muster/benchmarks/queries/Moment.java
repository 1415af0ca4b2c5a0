/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.queries;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a fleet when a question is asked.
 *
 * @param resumed since when events come, by the fleet's clock; empty at rest, where every answer is known before
 */
record Moment(Optional<Instant> resumed) {

    static final Moment AT_REST = new Moment(Optional.empty());

    boolean isAtRest() {
        return resumed.isEmpty();
    }

    /** Whether what was active last at a time may change while it is read, and so stand where it stood before. */
    boolean mayChange(Instant lastActivity) {
        return resumed.isPresent() && !lastActivity.isBefore(resumed.get());
    }
}
