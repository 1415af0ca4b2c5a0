/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.EventJson;
import dev.muster.query.json.SessionJson;
import dev.muster.query.json.TraceJson;
import dev.muster.streams.read.AccountReader;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.TraceView;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;

/** {@code /v1/me/sessions}: an account's sessions, their traces and events. */
final class SessionRoutes {

    private static final String SESSIONS = "/v1/me/sessions";
    private static final String SESSION = SESSIONS + "/{id}";
    private static final String TRACES = SESSION + "/traces";
    private static final String TRACE = TRACES + "/{traceId}";
    private static final String EVENTS = SESSION + "/events";

    private final SessionReader reader;
    private final AccountReader accounts;
    private final String account;
    private final Filters filters;

    SessionRoutes(SessionReader reader, AccountReader accounts, String account, Filters filters) {
        this.reader = reader;
        this.accounts = accounts;
        this.account = account;
        this.filters = filters;
    }

    void addTo(Reads reads) {
        Handler latest = reads.turns().inTurn(this::sessions);
        Handler sorted = reads.alone(this::sessions);
        reads.addAtOnce(
                SESSIONS,
                request -> (filters.sort(request) == SessionSort.LAST_ACTIVITY ? latest : sorted).handle(request));
        reads.add(SESSION, this::session);
        reads.add(TRACES, this::traces);
        reads.add(TRACE, this::trace);
        reads.add(EVENTS, this::events);
    }

    private void sessions(Context request) {
        PageRequest page = PageRequest.of(request);
        Answers.page(
                request,
                "sessions",
                accounts.sessions(
                        account, filters.sessions(request), filters.sort(request), page.limit(), page.cursor()),
                SessionJson::of);
    }

    private void session(Context request) {
        String id = request.pathParam("id");
        Answers.json(request, reader.session(account, id).map(SessionJson::of).orElseThrow(() -> noSession(id)));
    }

    private void traces(Context request) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        Answers.page(
                request,
                "traces",
                reader.traces(account, id, page.limit(), page.cursor()).orElseThrow(() -> noSession(id)),
                TraceJson::of);
    }

    private void trace(Context request) {
        String id = request.pathParam("id");
        String traceId = request.pathParam("traceId");
        PageRequest page = PageRequest.of(request);
        TraceView trace = reader.trace(account, id, traceId).orElseThrow(() -> noTrace(id, traceId));
        Page<EventView> events = reader.traceEvents(account, id, traceId, page.limit(), page.cursor())
                .orElseThrow(() -> noTrace(id, traceId));
        Answers.json(request, TraceJson.withEvents(trace, events));
    }

    private void events(Context request) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        Answers.page(
                request,
                "events",
                reader.events(account, id, page.limit(), page.cursor()).orElseThrow(() -> noSession(id)),
                EventJson::of);
    }

    private static NotFoundResponse noSession(String id) {
        return new NotFoundResponse("There is no session «" + id + "».");
    }

    private static NotFoundResponse noTrace(String sessionId, String traceId) {
        return new NotFoundResponse("There is no trace «" + traceId + "» in a session «" + sessionId + "».");
    }
}
