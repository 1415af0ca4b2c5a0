/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

/** Asks for the trace of an id, whatever session it is in. */
public record TraceIdQuery(String account, String traceId) {}
