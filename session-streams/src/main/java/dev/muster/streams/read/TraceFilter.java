/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Instant;
import java.util.Optional;

/**
 * Which traces are wanted; what is empty does not matter.
 *
 * @param since the first event is no earlier
 * @param agentId the session's agent
 * @param text stands in its prompt, its id or its agent's name, upper and lower case being the same
 * @param at the session's values of dimensions
 */
public record TraceFilter(Optional<Instant> since, Optional<String> agentId, Optional<String> text, Dimensions at) {

    /** Which traces are wanted, wherever their sessions work. */
    public TraceFilter(Optional<Instant> since, Optional<String> agentId, Optional<String> text) {
        this(since, agentId, text, Dimensions.ANY);
    }
}
