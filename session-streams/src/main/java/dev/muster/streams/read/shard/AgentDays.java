/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

/**
 * Agents' days.
 *
 * @param days the days that somebody has a part in
 * @param coverage the partitions that they speak for
 */
public record AgentDays(PackedDays days, Coverage coverage) {

    /** What no shard says. */
    public static final AgentDays NONE = new AgentDays(new PackedDays(), Coverage.NONE);

    /** What two shards say together. */
    public AgentDays and(AgentDays other) {
        return new AgentDays(days.and(other.days), coverage.and(other.coverage));
    }
}
