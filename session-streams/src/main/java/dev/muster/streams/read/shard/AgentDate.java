/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

/**
 * An agent's day.
 *
 * @param agentId the agent
 * @param day the epoch day
 */
public record AgentDate(String agentId, long day) {}
