/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.HashMap;
import java.util.Map;

/**
 * Agents' days, and what is known of the agents.
 *
 * @param days the days by agent
 * @param agents the agents by id; those that nothing is known of by name are in it when they were seen
 * @param coverage the partitions that were looked at
 */
public record AgentDays(PackedDays days, Map<String, AgentHit> agents, Coverage coverage) {

    /** What no shard says. */
    public static final AgentDays NONE = new AgentDays(new PackedDays(), Map.of(), Coverage.NONE);

    /** What two shards say together. */
    public AgentDays and(AgentDays other) {
        PackedDays allDays = days.and(other.days);
        Map<String, AgentHit> allAgents = new HashMap<>(agents);
        other.agents.forEach((id, agent) -> allAgents.merge(id, agent, AgentHit::and));
        return new AgentDays(allDays, allAgents, coverage.and(other.coverage));
    }
}
