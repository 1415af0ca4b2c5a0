/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.query.auth.Caller;
import dev.muster.query.json.EventJson;
import dev.muster.query.json.SessionJson;
import dev.muster.query.json.TraceJson;
import dev.muster.query.json.Words;
import dev.muster.query.params.Filters;
import dev.muster.query.params.PageRequest;
import dev.muster.query.params.Parameters;
import dev.muster.query.permits.PermitGate.Need;
import dev.muster.query.permits.RouteNeeds;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.TraceView;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import org.eclipse.jetty.server.Request;

/** {@code /v1/me/sessions}: an account's sessions, their traces and events. */
final class SessionRoutes {

    private static final String SESSIONS = "/v1/me/sessions";
    private static final String SESSION = SESSIONS + "/{id}";
    private static final String TRACES = SESSION + "/traces";
    private static final String TRACE = TRACES + "/{traceId}";
    private static final String EVENTS = SESSION + "/events";

    private static final String LATEST = Words.of(SessionSort.LAST_ACTIVITY);

    private final SessionReader reader;
    private final AccountReader accounts;
    private final Filters filters;

    SessionRoutes(SessionReader reader, AccountReader accounts, Filters filters) {
        this.reader = reader;
        this.accounts = accounts;
        this.filters = filters;
    }

    void addTo(ApiRoutes routes) {
        routes.get(
                SESSIONS,
                Filters.SESSIONS.and(Filters.ORDER).and(PageRequest.PARAMETERS),
                SessionRoutes::need,
                this::sessions);
        routes.get(SESSION, Parameters.NONE, this::session);
        routes.get(TRACES, PageRequest.PARAMETERS, this::traces);
        routes.get(TRACE, PageRequest.PARAMETERS, this::trace);
        routes.get(EVENTS, PageRequest.PARAMETERS, this::events);
    }

    /** In another order than their own, all sessions are looked through. */
    private static Need need(Request request) {
        return RouteNeeds.parameter(request, "sort").orElse(LATEST).equals(LATEST) ? Need.PERMIT : Need.SCAN;
    }

    private void sessions(Context request, Caller caller) {
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "sessions",
                page.answered(accounts.sessions(
                        caller.account(),
                        filters.sessions(request, caller),
                        filters.sort(request),
                        page.limit(),
                        page.cursor())),
                SessionJson::of);
    }

    private void session(Context request, Caller caller) {
        String id = request.pathParam("id");
        JsonAnswers.json(
                request,
                reader.session(caller.account(), id).map(SessionJson::of).orElseThrow(() -> noSession(id)));
    }

    private void traces(Context request, Caller caller) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "traces",
                page.answered(reader.traces(caller.account(), id, page.limit(), page.cursor())
                        .orElseThrow(() -> noSession(id))),
                TraceJson::of);
    }

    private void trace(Context request, Caller caller) {
        String id = request.pathParam("id");
        String traceId = request.pathParam("traceId");
        PageRequest page = PageRequest.of(request);
        TraceView trace = reader.trace(caller.account(), id, traceId).orElseThrow(() -> noTrace(id, traceId));
        Page<EventView> events = reader.traceEvents(caller.account(), id, traceId, page.limit(), page.cursor())
                .orElseThrow(() -> noTrace(id, traceId));
        JsonAnswers.json(request, TraceJson.withEvents(trace, page.answered(events)));
    }

    private void events(Context request, Caller caller) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        JsonAnswers.page(
                request,
                "events",
                page.answered(reader.events(caller.account(), id, page.limit(), page.cursor())
                        .orElseThrow(() -> noSession(id))),
                EventJson::of);
    }

    private static NotFoundResponse noSession(String id) {
        return new NotFoundResponse("There is no session «" + id + "».");
    }

    private static NotFoundResponse noTrace(String sessionId, String traceId) {
        return new NotFoundResponse("There is no trace «" + traceId + "» in a session «" + sessionId + "».");
    }
}
