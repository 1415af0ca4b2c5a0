/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.time.Instant;
import java.util.Optional;

/**
 * A trace as it stands: one prompt up to the next.
 *
 * @param id the trace's id
 * @param prompt the prompt's text, where a source tells it
 * @param startedAt its first event
 * @param endedAt its last event
 * @param figures its figures
 */
public record TraceView(String id, Optional<String> prompt, Instant startedAt, Instant endedAt, FiguresView figures) {}
