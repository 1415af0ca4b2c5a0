/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.source.Issue;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Answers in JSON, with Voight's words where it has them. */
final class JsonReplies implements Replies {

    private final BiConsumer<Context, Admitted> accepted;

    /**
     * Answers.
     *
     * @param accepted gives the answer for what was taken, when it is durable
     */
    JsonReplies(BiConsumer<Context, Admitted> accepted) {
        this.accepted = accepted;
    }

    @Override
    public void accepted(Context context, Admitted admitted) {
        accepted.accept(context, admitted);
    }

    @Override
    public void invalid(Context context, List<Issue> issues) {
        ErrorReplies.invalid(context, issues);
    }

    @Override
    public void unauthorized(Context context, String reason) {
        ErrorReplies.unauthorized(context, reason);
    }

    @Override
    public void forbidden(Context context, String message) {
        ErrorReplies.forbidden(context, message);
    }

    @Override
    public void unsupportedEncoding(Context context) {
        ErrorReplies.encoded(context);
    }

    @Override
    public void tooLarge(Context context, int max) {
        ErrorReplies.tooLarge(context, max);
    }

    @Override
    public void late(Context context) {
        ErrorReplies.error(context, HttpStatus.REQUEST_TIMEOUT, "timeout", ErrorReplies.LATE);
    }

    @Override
    public void rateLimited(Context context, Duration retryAfter) {
        ErrorReplies.rateLimited(context, retryAfter);
    }

    @Override
    public void unavailable(Context context, String message) {
        ErrorReplies.unavailable(context, message);
    }
}
