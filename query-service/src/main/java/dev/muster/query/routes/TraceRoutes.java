/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.json.TraceJson;
import dev.muster.query.params.Filters;
import dev.muster.query.params.PageRequest;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionTraceView;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/traces}: the traces of all sessions. */
final class TraceRoutes {

    private static final String TRACES = "/v1/me/traces";
    private static final String TRACE = TRACES + "/{id}";

    private final AccountReader reader;
    private final SessionReader sessions;
    private final Filters filters;

    TraceRoutes(AccountReader reader, SessionReader sessions, Filters filters) {
        this.reader = reader;
        this.sessions = sessions;
        this.filters = filters;
    }

    void addTo(ApiRoutes routes) {
        routes.get(TRACES, Filters.TRACES.and(PageRequest.PARAMETERS), this::traces);
        routes.get(TRACE, PageRequest.PARAMETERS, this::trace);
    }

    private void traces(Context request, Caller caller) {
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "traces",
                page.answered(
                        reader.traces(caller.account(), filters.traces(request, caller), page.limit(), page.cursor())),
                TraceJson::of);
    }

    private void trace(Context request, Caller caller) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        SessionTraceView trace = reader.trace(caller.account(), id).orElseThrow(() -> noTrace(id));
        Page<EventView> events = sessions.traceEvents(
                        caller.account(), trace.session(), id, page.limit(), page.cursor())
                .orElseThrow(() -> noTrace(id));
        JsonAnswers.json(request, TraceJson.withEvents(trace, page.answered(events)));
    }

    private static NotFoundResponse noTrace(String id) {
        return new NotFoundResponse("There is no trace «" + id + "».");
    }
}
