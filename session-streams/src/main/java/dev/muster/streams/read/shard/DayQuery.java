/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for agents' days, and for what is known of the agents.
 *
 * @param agentId one agent only
 * @param from no earlier day
 * @param to no later day
 * @param withDeleted whether deleted agents are wanted too
 * @param parts what is wanted
 */
public record DayQuery(
        String account,
        Optional<String> agentId,
        Optional<LocalDate> from,
        Optional<LocalDate> to,
        boolean withDeleted,
        Set<Part> parts) {

    /** A part of the answer. */
    public enum Part {
        /** The days' sums. */
        DAYS,
        /** How agents are called. */
        NAMES,
        /** When agents were seen, and how many sessions they have. */
        SEEN
    }

    boolean wantsDay(String agent, long day) {
        return agentId.map(agent::equals).orElse(true)
                && from.map(first -> day >= first.toEpochDay()).orElse(true)
                && to.map(last -> day <= last.toEpochDay()).orElse(true);
    }
}
