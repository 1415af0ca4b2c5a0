/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.Issue;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** How a source's clients are answered: each protocol has its own words for the same answers. */
interface Replies {

    /** What was taken is durable; what was not is told. */
    void accepted(Context context, Admitted admitted);

    /** Nothing of the body can be taken. */
    void invalid(Context context, List<Issue> issues);

    /** The sender is not known. */
    void unauthorized(Context context, String reason);

    /** The sender's key is bound to another agent than an event names. */
    void forbidden(Context context, String message);

    /** The body is in an encoding that is not read. */
    void unsupportedEncoding(Context context);

    /** The body has more bytes, or would have when decoded. */
    void tooLarge(Context context, int max);

    /** The body was not there in time. */
    void late(Context context);

    /** The sender sends more than its key allows. */
    void rateLimited(Context context, Duration retryAfter);

    /** The events are not durable, and sending them again is harmless. */
    void unavailable(Context context, String message);
}
