/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/**
 * A trace in the list of all sessions' traces.
 *
 * @param session the session's id
 * @param agentId its agent
 * @param agentName its agent's name
 * @param trace the trace
 */
public record SessionTraceView(String session, String agentId, String agentName, TraceView trace) {}
