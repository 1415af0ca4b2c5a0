/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.HashMap;
import java.util.Map;

/**
 * What partitions tell of agents.
 *
 * @param agents by id
 * @param coverage the partitions that they speak for
 */
public record AgentHits(Map<String, AgentHit> agents, Coverage coverage) {

    /** What no shard says. */
    public static final AgentHits NONE = new AgentHits(Map.of(), Coverage.NONE);

    /** What two shards say together. */
    public AgentHits and(AgentHits other) {
        Map<String, AgentHit> all = new HashMap<>(agents);
        other.agents.forEach((id, agent) -> all.merge(id, agent, AgentHit::and));
        return new AgentHits(all, coverage.and(other.coverage));
    }
}
