/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.avro.HookEvent;
import java.util.Optional;

/**
 * One fact of a session.
 *
 * @param event the fact, its copies merged
 * @param traceId the trace it belongs to, its own or the one that it fell into by time; empty in the preamble
 */
public record EventView(HookEvent event, Optional<String> traceId) {}
