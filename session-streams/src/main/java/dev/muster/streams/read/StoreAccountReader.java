/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControls;
import java.time.InstantSource;
import java.util.Optional;

/** Reads all of an account from the stores of one instance; each part of it is a class of its own. */
public final class StoreAccountReader {

    /** So many rows are looked at for a page of what is filtered. */
    static final int MOST_LOOKED_AT = 5000;

    private final SessionSearch sessions;
    private final TraceSearch traces;

    StoreAccountReader(Partitions partitions, AgentControls controls, InstantSource clock) {
        sessions = new SessionSearch(partitions, controls, clock, MOST_LOOKED_AT);
        traces = new TraceSearch(partitions, controls, clock, MOST_LOOKED_AT);
    }

    public Page<SessionView> sessions(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        return Reading.of(() -> sessions.page(account, filter, sort, limit, cursor));
    }

    public Page<SessionTraceView> traces(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        return Reading.of(() -> traces.page(account, filter, limit, cursor));
    }

    public Optional<SessionTraceView> trace(String account, String traceId) {
        return Reading.of(() -> traces.trace(account, traceId));
    }
}
