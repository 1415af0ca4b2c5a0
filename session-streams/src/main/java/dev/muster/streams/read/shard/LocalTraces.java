/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SearchText;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.TraceAggregate;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.TraceFilter;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.shard.LatestSessions.Latest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds traces in the sessions of the partitions hosted here. There is no list of traces: a page opens the sessions that
 * have begun a trace since its last one did, as the index says; one of last week also those that have traces before and after. The
 * trace of an id is looked for in each session that may have it, from the latest on.
 */
final class LocalTraces {

    private final AgentControls controls;

    LocalTraces(AgentControls controls) {
        this.controls = controls;
    }

    Slice<TraceHit> slice(List<PartitionStores> hosted, TraceQuery query) {
        TraceFilter filter = query.filter();
        Optional<SearchText> text = filter.text().map(SearchText::new);
        long since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        List<TraceHit> rows = new ArrayList<>();
        Optional<Position> scannedTo = query.after();
        int lookedAt = 0;
        long latestStart = query.after().map(Position::value).orElse(Long.MAX_VALUE);
        LatestSessions sessions = new LatestSessions(
                LocalSessions.sessions(hosted, query.account()),
                query.account(),
                SessionSummary::latestTraceStart,
                session -> isOfTraces(session)
                        && session.latestTraceStart() >= since
                        && session.first() <= latestStart
                        && isOf(session.agentId(), filter)
                        && filter.at().fit(session)
                        && isThere(query.account(), session.agentId()));
        TraceScan scan = new TraceScan(sessions, session -> matters(session, filter), query.after());
        Optional<TraceHit> next = scan.next();
        while (next.isPresent() && next.get().trace().start() >= since) {
            TraceHit hit = next.get();
            boolean fits = text.map(wanted -> contains(hit, wanted)).orElse(true);
            if (lookedAt++ == query.budget() || (rows.size() == query.limit() && fits)) {
                return new Slice<>(rows, scannedTo, Coverage.of(hosted));
            }
            if (fits) {
                rows.add(hit);
            }
            scannedTo = Optional.of(hit.position());
            next = scan.next();
        }
        return new Slice<>(rows, Optional.empty(), Coverage.of(hosted));
    }

    private static boolean isOfTraces(SessionSummary session) {
        return session.traces() > 0 && !session.isOfAgent();
    }

    private boolean matters(SessionAggregate session, TraceFilter filter) {
        return isThere(session.account(), session.agentId())
                && isOf(session.agentId(), filter)
                && filter.at().fit(session);
    }

    private boolean isThere(String account, String agentId) {
        return !controls.of(account, agentId).isDeleted();
    }

    private static boolean isOf(String agentId, TraceFilter filter) {
        return filter.agentId().isEmpty() || filter.agentId().get().equals(agentId);
    }

    private boolean contains(TraceHit hit, SearchText text) {
        TraceAggregate trace = hit.trace();
        return text.isIn(trace.prompt())
                || text.isIn(trace.id())
                || text.isIn(AgentNames.OF_SESSION.of(hit.session(), agent(hit.session())));
    }

    private AgentControl agent(SessionAggregate session) {
        return controls.of(session.account(), session.agentId());
    }

    Slice<TraceHit> byId(List<PartitionStores> hosted, TraceIdQuery query) {
        FactMarks wanted = new FactMarks();
        if (!query.traceId().equals(TraceAggregate.PREAMBLE)) {
            wanted.addTrace(query.traceId());
        }
        LatestSessions sessions = new LatestSessions(
                LocalSessions.sessions(hosted, query.account()),
                query.account(),
                SessionSummary::last,
                session ->
                        isOfTraces(session) && session.mayHave(wanted) && isThere(query.account(), session.agentId()));
        for (Optional<Latest> next = sessions.next(); next.isPresent(); next = sessions.next()) {
            Position position = new Position(next.get().time(), next.get().sessionId());
            Optional<TraceHit> found = sessions.snapshot(next.get())
                    .filter(session ->
                            isThere(query.account(), session.figures().agentId()))
                    .flatMap(session -> session.traces()
                            .find(query.traceId())
                            .map(trace -> new TraceHit(position, session.figures(), trace)));
            if (found.isPresent()) {
                return new Slice<>(List.of(found.get()), Optional.empty(), Coverage.of(hosted));
            }
        }
        return new Slice<>(List.of(), Optional.empty(), Coverage.of(hosted));
    }
}
