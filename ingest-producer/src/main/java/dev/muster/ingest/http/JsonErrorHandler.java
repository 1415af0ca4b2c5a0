/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.ingest.source.SourceJson;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The errors that the web server itself answers, such as a malformed address, in the collector's own form. */
final class JsonErrorHandler extends ErrorHandler {

    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int FAILURE = 500;

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        if (status == SERVICE_UNAVAILABLE) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Answers.RETRY_AFTER);
        }
        response.write(true, ByteBuffer.wrap(problem(status, message)), callback);
    }

    private static byte[] problem(int status, @Nullable String message) {
        if (status == SERVICE_UNAVAILABLE) {
            return json("unavailable", "The collector takes no requests now; send it again.");
        }
        return status == FAILURE
                ? json("internal", Answers.INTERNAL)
                : json("invalid_request", message == null ? "The request cannot be read." : message + ".");
    }

    private static byte[] json(String error, String message) {
        return SourceJson.canonical(SourceJson.newObject().put("error", error).put("message", message))
                .getBytes(UTF_8);
    }
}
