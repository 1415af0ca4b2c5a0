/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.TraceAggregate;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;

/**
 * A trace in a list.
 *
 * @param session its session's figures as they stand
 * @param trace its own figures
 */
public record TraceHit(Position position, SessionAggregate session, TraceAggregate trace) implements Positioned {

    /** A trace in the list of all sessions' traces: by its start, its session and its id. */
    static TraceHit inOrderOfStart(SessionAggregate session, TraceAggregate trace) {
        return new TraceHit(new Position(trace.start(), session.id(), trace.id()), session, trace);
    }
}
