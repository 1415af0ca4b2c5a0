/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Instant;
import java.util.Optional;

/**
 * Which sessions are wanted; what is empty does not matter.
 *
 * @param since the last event is no earlier
 * @param agentId the agent
 * @param status the status, by the clock at reading
 * @param model one of its models, by its whole name
 * @param tool one of its tools, by its whole name
 * @param text stands in its title, upper and lower case being the same
 * @param at its values of dimensions
 */
public record SessionFilter(
        Optional<Instant> since,
        Optional<String> agentId,
        Optional<Status> status,
        Optional<String> model,
        Optional<String> tool,
        Optional<String> text,
        Dimensions at) {

    /** Every session. */
    public static final SessionFilter ALL = new SessionFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Which sessions are wanted, wherever they work. */
    public SessionFilter(
            Optional<Instant> since,
            Optional<String> agentId,
            Optional<Status> status,
            Optional<String> model,
            Optional<String> tool,
            Optional<String> text) {
        this(since, agentId, status, model, tool, text, Dimensions.ANY);
    }

    /** The same with another time, or none, that the last event is no earlier than. */
    public SessionFilter since(Optional<Instant> other) {
        return new SessionFilter(other, agentId, status, model, tool, text, at);
    }
}
