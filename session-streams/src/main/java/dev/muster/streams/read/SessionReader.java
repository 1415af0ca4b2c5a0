/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.Optional;

/**
 * Answers for one session at a time, live ones from memory. Every answer is bounded by the account. Limits are
 * taken as they are (1 or more); a cursor is null for the first page, else a {@link Page#nextCursor()} of the same list.
 *
 * <p>Every method throws {@link NotReadyException} while the stores cannot be read, and those with a cursor
 * {@link InvalidCursorException} for one that is not theirs.
 */
public interface SessionReader {

    /** One session. */
    Optional<SessionView> session(String account, String sessionId);

    /** A session's traces in time order; empty when there is no such session. */
    Optional<Page<TraceView>> traces(String account, String sessionId, int limit, Optional<String> cursor);

    /** One trace. */
    Optional<TraceView> trace(String account, String sessionId, String traceId);

    /** A trace's events in time order; empty when there is no such trace. */
    Optional<Page<EventView>> traceEvents(
            String account, String sessionId, String traceId, int limit, Optional<String> cursor);

    /** A session's events in time order; empty when there is no such session. */
    Optional<Page<EventView>> events(String account, String sessionId, int limit, Optional<String> cursor);
}
