/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.routes;

import dev.muster.server.http.ErrorBody;
import dev.muster.server.kafka.UnavailableException;
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
public final class ErrorAnswers {

    private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

    private ErrorAnswers() {}

    public static void addTo(RoutesConfig routes) {
        routes.exception(
                InvalidCursorException.class,
                (e, request) -> new ErrorBody(400, "invalid_cursor", String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                NotReadyException.class,
                (e, request) ->
                        ErrorBody.unavailable(String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                UnavailableException.class,
                (e, request) ->
                        ErrorBody.unavailable(String.valueOf(e.getMessage())).answer(request));
        routes.exception(
                EndpointNotFound.class,
                (e, request) ->
                        ofStatus(404, "There is no " + request.path() + ".").answer(request));
        routes.exception(MethodNotAllowedResponse.class, ErrorAnswers::methodNotAllowed);
        routes.exception(
                HttpResponseException.class,
                (e, request) ->
                        ofStatus(e.getStatus(), String.valueOf(e.getMessage())).answer(request));
        routes.exception(Exception.class, (e, request) -> {
            log.error("{} {} failed", request.method(), request.path(), e);
            request.status(500);
        });
        routes.error(500, request -> ofStatus(500, "").answer(request));
    }

    /** An error by its HTTP status alone. */
    public static ErrorBody ofStatus(int status, String message) {
        return switch (status) {
            case 403 -> new ErrorBody(status, "forbidden", message);
            case 404 -> new ErrorBody(status, "not_found", message);
            case 405 -> new ErrorBody(status, "method_not_allowed", message);
            case 410 -> new ErrorBody(status, "agent_deleted", message);
            case 503 -> ErrorBody.unavailable(message);
            case 500 ->
                new ErrorBody(
                        status,
                        "internal",
                        "Something failed here, and not by your request; the service's log tells what.");
            default -> new ErrorBody(status, "invalid_request", message);
        };
    }

    private static void methodNotAllowed(MethodNotAllowedResponse e, Context request) {
        String allowed = e.getDetails().getOrDefault("availableMethods", "GET");
        request.header("Allow", allowed);
        new ErrorBody(405, "method_not_allowed", request.method() + " is not answered here; use " + allowed + ".")
                .answer(request);
    }
}
