/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.SessionFilter;
import java.util.Set;

/**
 * Asks for the sums over the sessions that fit and began on some agents' days.
 *
 * @param now the clock of who asks, epoch milliseconds
 * @param dates the days
 */
public record SessionDaysQuery(String account, SessionFilter filter, long now, Set<AgentDate> dates) {}
