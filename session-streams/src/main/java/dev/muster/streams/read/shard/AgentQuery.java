/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.Optional;

/**
 * Asks for what is known of agents, and when they were seen.
 *
 * @param agentId one agent only
 * @param withDeleted whether deleted agents are wanted too
 * @param withSessions whether it is wanted when they were seen; else only what is known of them
 */
public record AgentQuery(String account, Optional<String> agentId, boolean withDeleted, boolean withSessions) {}
