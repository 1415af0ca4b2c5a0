/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.page.Position;
import java.util.Optional;

/**
 * Asks for the sessions of a day group.
 *
 * @param group the agent and the day that they began on
 * @param after sessions up to there are passed over
 * @param limit so many at most, 1 or more
 */
public record DaySessionsQuery(String account, AgentDate group, Optional<Position> after, int limit) {}
