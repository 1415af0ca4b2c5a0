/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionTraceView;
import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.shard.TraceHit;
import dev.muster.streams.read.shard.TraceIdQuery;
import dev.muster.streams.read.shard.TraceQuery;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** Finds the traces of all sessions in all shards. */
final class TraceSearch {

    private final Shards shards;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int budget;

    TraceSearch(Shards shards, AgentControls controls, InstantSource clock, int budget) {
        this.shards = shards;
        this.controls = controls;
        this.clock = clock;
        this.budget = budget;
    }

    Page<SessionTraceView> page(String account, TraceFilter filter, int limit, Optional<String> cursor) {
        TraceQuery query = new TraceQuery(account, filter, PageToken.ALL_TRACES.decode(cursor), limit, budget);
        return new Pager<>(PageToken.ALL_TRACES, ListOrder.TRACES, viewer())
                .page(shards.slices(shard -> shard.traces(query)), limit);
    }

    Optional<SessionTraceView> trace(String account, String traceId) {
        TraceIdQuery query = new TraceIdQuery(account, traceId);
        return shards.slices(shard -> shard.tracesById(query)).stream()
                .flatMap(slice -> slice.rows().stream())
                .min(Comparator.comparing(TraceHit::position, ListOrder.DESCENDING))
                .map(viewer());
    }

    private Function<TraceHit, SessionTraceView> viewer() {
        long now = clock.millis();
        AgentNames names = new KnownAgentNames(shards);
        return hit -> {
            SessionAggregate session = hit.session();
            return new SessionTraceView(
                    session.id(),
                    session.agentId(),
                    names.of(session, controls.of(session.account(), session.agentId())),
                    ViewMapper.trace(hit.trace(), session, now));
        };
    }
}
