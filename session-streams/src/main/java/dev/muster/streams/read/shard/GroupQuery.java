/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;

/**
 * Asks for the day groups of the sessions that fit, and for what they are ordered by.
 *
 * @param filter the groups are of the sessions that fit; by {@code since} it is the group that must fit if nothing but the agent
 *     is asked for beside it
 * @param sort what is summed up of each
 * @param now the clock of who asks, epoch milliseconds
 */
public record GroupQuery(String account, SessionFilter filter, SessionSort sort, long now) {}
