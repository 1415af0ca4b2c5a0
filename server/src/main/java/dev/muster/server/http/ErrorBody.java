/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Optional;

/**
 * The answer to a request that failed, as JSON.
 *
 * @param status the HTTP status
 * @param error the error's name, for programs
 * @param message what is wrong and what to do, for people
 */
public record ErrorBody(int status, String error, String message) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int UNAVAILABLE = 503;

    /** After how many seconds a client may try again what was unavailable. */
    private static final String RETRY_AFTER = "1";

    /** Something is not there for now; trying again is right. */
    public static ErrorBody unavailable(String message) {
        return new ErrorBody(UNAVAILABLE, "unavailable", message);
    }

    /** After how many seconds the client may try again; empty if it would be no use. */
    public Optional<String> retryAfter() {
        return status == UNAVAILABLE ? Optional.of(RETRY_AFTER) : Optional.empty();
    }

    /** Answers with it. */
    public void answer(Context request) {
        request.status(status).contentType("application/json").result(json());
        retryAfter().ifPresent(wait -> request.header(Header.RETRY_AFTER, wait));
    }

    /** Its UTF-8 bytes. */
    public byte[] json() {
        try {
            return MAPPER.writeValueAsBytes(
                    MAPPER.createObjectNode().put("error", error).put("message", message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("two texts could not be written", e);
        }
    }
}
