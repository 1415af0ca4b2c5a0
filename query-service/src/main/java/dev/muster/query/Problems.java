/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.kafka.UnavailableException;
import dev.muster.streams.read.InvalidCursorException;
import dev.muster.streams.read.NotReadyException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which exception is answered how. Only what nobody foresaw is logged. */
final class Problems {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    static void addTo(RoutesConfig routes) {
        routes.exception(
                InvalidCursorException.class,
                (e, request) -> new Problem(400, "invalid_cursor", String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                NotReadyException.class,
                (e, request) ->
                        Problem.unavailable(String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                UnavailableException.class,
                (e, request) ->
                        Problem.unavailable(String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                EndpointNotFound.class,
                (e, request) -> Problem.ofStatus(404, "There is no " + request.path() + ".")
                        .answer(request));
        routes.exception(MethodNotAllowedResponse.class, Problems::methodNotAllowed);
        routes.exception(
                HttpResponseException.class,
                (e, request) -> Problem.ofStatus(e.getStatus(), String.valueOf(e.getMessage()))
                        .answer(request));
        routes.exception(Exception.class, (e, request) -> {
            log.error("{} {} failed", request.method(), request.path(), e);
            request.status(500);
        });
        routes.error(500, request -> Problem.internal().answer(request));
    }

    private static void methodNotAllowed(MethodNotAllowedResponse e, Context request) {
        String allowed = e.getDetails().getOrDefault("availableMethods", "GET");
        request.header("Allow", allowed);
        new Problem(405, "method_not_allowed", request.method() + " is not answered here; use " + allowed + ".")
                .answer(request);
    }
}
