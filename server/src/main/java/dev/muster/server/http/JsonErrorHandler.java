/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.server.http;

import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The errors that the web server itself answers, such as a malformed address, in the program's own form. */
public final class JsonErrorHandler extends ErrorHandler {

    private final BiFunction<Integer, String, ErrorBody> errors;

    /** Answers with the body that is made of a status and a sentence. */
    public JsonErrorHandler(BiFunction<Integer, String, ErrorBody> errors) {
        this.errors = errors;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ErrorBody body = errors.apply(status, message == null ? "The request cannot be read." : message + ".");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        body.retryAfter().ifPresent(wait -> response.getHeaders().put(HttpHeader.RETRY_AFTER, wait));
        response.write(true, ByteBuffer.wrap(body.json()), callback);
    }
}
