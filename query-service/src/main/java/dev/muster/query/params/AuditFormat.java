/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query.params;

import dev.muster.query.permits.PermitGate.Need;
import dev.muster.query.permits.RouteNeeds;
import io.javalin.http.Context;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** In which form the audit log is wanted: {@code format}, else what {@code Accept} names. */
public enum AuditFormat {
    /** A page of it. */
    JSON("application/json"),
    /** All of it, a table. */
    CSV("text/csv"),
    /** All of it, a JSON document a line. */
    NDJSON("application/x-ndjson");

    private static final Choice<AuditFormat> FORMAT = Choice.of("format", AuditFormat.class);

    private final String mediaType;

    AuditFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public static AuditFormat of(Context request) {
        return FORMAT.of(request).orElseGet(() -> accepted(request.header("Accept")));
    }

    /** A page needs a permit; a file a thread, on which it waits for one for each of its pages. */
    public static Need need(Request request) {
        AuditFormat format = RouteNeeds.parameter(request, "format")
                .map(word -> FORMAT.named(word).orElse(JSON))
                .orElseGet(() -> accepted(request.getHeaders().get("Accept")));
        return format == JSON ? Need.PERMIT : Need.THREAD;
    }

    /** The form that is asked for by its own name; who takes JSON too gets pages. */
    private static AuditFormat accepted(@Nullable String header) {
        String accept = header == null ? "" : header.toLowerCase(Locale.ROOT);
        if (accept.contains(JSON.mediaType)) {
            return JSON;
        }
        if (accept.contains(CSV.mediaType)) {
            return CSV;
        }
        return accept.contains(NDJSON.mediaType) ? NDJSON : JSON;
    }

    /** What an answer in this form is called. */
    public String contentType() {
        return mediaType + "; charset=utf-8";
    }

    /** The name of a file in this form. */
    public String fileName() {
        return "muster-events." + (this == CSV ? "csv" : "ndjson");
    }
}
