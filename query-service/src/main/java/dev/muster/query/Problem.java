/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import dev.muster.query.json.Json;
import io.javalin.http.Context;

/**
 * An answer that tells of an error.
 *
 * @param status the HTTP status
 * @param error the error's name, for programs
 * @param message what is wrong and what to do, for people
 */
record Problem(int status, String error, String message) {

    static Problem unavailable(String message) {
        return new Problem(503, "unavailable", message);
    }

    static Problem internal() {
        return new Problem(
                500, "internal", "Something failed here, and not by your request; the service's log tells what.");
    }

    /** A problem by its HTTP status alone. */
    static Problem ofStatus(int status, String message) {
        return switch (status) {
            case 403 -> new Problem(status, "forbidden", message);
            case 404 -> new Problem(status, "not_found", message);
            case 405 -> new Problem(status, "method_not_allowed", message);
            case 410 -> new Problem(status, "agent_deleted", message);
            case 503 -> unavailable(message);
            case 500 -> internal();
            default -> new Problem(status, "invalid_request", message);
        };
    }

    void answer(Context request) {
        request.status(status).contentType("application/json").result(json());
        if (status == 503) {
            request.header("Retry-After", "1");
        }
    }

    byte[] json() {
        return Json.write(Json.object().put("error", error).put("message", message));
    }
}
