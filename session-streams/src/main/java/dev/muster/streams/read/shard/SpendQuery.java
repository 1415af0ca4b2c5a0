/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.Dimensions;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Asks for what was used and spent.
 *
 * @param agentId one agent only
 * @param from no earlier day
 * @param at the sessions' values of dimensions
 */
public record SpendQuery(String account, Optional<String> agentId, Optional<LocalDate> from, Dimensions at) {}
