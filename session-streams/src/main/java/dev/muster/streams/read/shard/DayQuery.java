/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.Set;

/**
 * Asks for some of the agents' days, each whole.
 *
 * @param dates the days
 */
public record DayQuery(String account, Set<AgentDate> dates) {}
