/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.query.json.EventJson;
import dev.muster.query.json.Json;
import dev.muster.query.json.SessionJson;
import dev.muster.query.json.TraceJson;
import dev.muster.streams.read.EventView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionReader;
import dev.muster.streams.read.TraceView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.function.Function;

/** {@code /v1/me/sessions}: an account's sessions, their traces and events. */
final class SessionRoutes {

    private static final String SESSIONS = "/v1/me/sessions";
    private static final String SESSION = SESSIONS + "/{id}";
    private static final String TRACES = SESSION + "/traces";
    private static final String TRACE = TRACES + "/{traceId}";
    private static final String EVENTS = SESSION + "/events";

    private final SessionReader reader;
    private final String account;

    SessionRoutes(SessionReader reader, String account) {
        this.reader = reader;
        this.account = account;
    }

    void addTo(RoutesConfig routes) {
        Reads.add(routes, SESSIONS, this::sessions);
        Reads.add(routes, SESSION, this::session);
        Reads.add(routes, TRACES, this::traces);
        Reads.add(routes, TRACE, this::trace);
        Reads.add(routes, EVENTS, this::events);
    }

    private void sessions(Context request) {
        PageRequest page = PageRequest.of(request);
        answer(request, "sessions", reader.sessions(account, page.limit(), page.cursor()), SessionJson::of);
    }

    private void session(Context request) {
        String id = request.pathParam("id");
        answer(request, reader.session(account, id).map(SessionJson::of).orElseThrow(() -> noSession(id)));
    }

    private void traces(Context request) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        answer(
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
        answer(request, TraceJson.withEvents(trace, events));
    }

    private void events(Context request) {
        String id = request.pathParam("id");
        PageRequest page = PageRequest.of(request);
        answer(
                request,
                "events",
                reader.events(account, id, page.limit(), page.cursor()).orElseThrow(() -> noSession(id)),
                EventJson::of);
    }

    private static <T> void answer(Context request, String name, Page<T> page, Function<T, ObjectNode> item) {
        ObjectNode json = Json.object();
        Json.putPage(json, name, page, item);
        answer(request, json);
    }

    private static void answer(Context request, ObjectNode json) {
        request.contentType("application/json").result(Json.write(json));
    }

    private static NotFoundResponse noSession(String id) {
        return new NotFoundResponse("There is no session «" + id + "».");
    }

    private static NotFoundResponse noTrace(String sessionId, String traceId) {
        return new NotFoundResponse("There is no trace «" + traceId + "» in a session «" + sessionId + "».");
    }
}
