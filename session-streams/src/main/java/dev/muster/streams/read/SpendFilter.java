/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which spend is wanted; what is empty does not matter.
 *
 * @param from the first day, in the installation's zone
 * @param agentId the agent
 * @param at the sessions' values of dimensions
 */
public record SpendFilter(Optional<LocalDate> from, Optional<String> agentId, Dimensions at) {

    /** Which spend is wanted, wherever the sessions work. */
    public SpendFilter(Optional<LocalDate> from, Optional<String> agentId) {
        this(from, agentId, Dimensions.ANY);
    }
}
