/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.ingest.source.SourceJson;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The answers that say no, all of them JSON. */
final class ErrorReplies {

    /** After how many seconds a sender may try again. */
    static final String RETRY_AFTER = "1";

    /** What is told of a failure that nobody foresaw. */
    static final String INTERNAL = "The collector failed; its log says why";

    /** What is told who sends too much. */
    static final String RATE_LIMITED = "The key sends more than it may; wait and retry";

    /** What is told whose body does not come. */
    static final String LATE = "The body did not arrive in time; send it again, or less at a time";

    /** The encodings that are read. */
    static final String ENCODINGS = "gzip, identity";

    /** What is told who sends another encoding. */
    static final String ENCODED = "The body must be sent with Content-Encoding gzip, or as it is";

    /** Of so many issues each is told; of a body that is wrong in more places their number. */
    private static final int MAX_ISSUES = 100;

    private static final String INVALID = "validation_failed";
    private static final String AGENT_DELETED = "agent_deleted";
    private static final int MILLIS = 1000;

    private ErrorReplies() {}

    static void json(Context context, HttpStatus status, JsonNode body) {
        context.status(status)
                .contentType(ContentType.APPLICATION_JSON)
                .result(SourceJson.canonical(body).getBytes(UTF_8));
    }

    static void error(Context context, HttpStatus status, String error, String message) {
        json(context, status, SourceJson.newObject().put("error", error).put("message", message));
    }

    static void unauthorized(Context context, String reason) {
        context.header(Header.WWW_AUTHENTICATE, "Bearer");
        json(
                context,
                HttpStatus.UNAUTHORIZED,
                SourceJson.newObject().put("error", "unauthorized").put("reason", reason));
    }

    static void invalid(Context context, List<Issue> issues) {
        json(context, HttpStatus.BAD_REQUEST, putError(SourceJson.newObject(), INVALID, issues));
    }

    /** Nothing is taken, and nothing will be if it is sent again. */
    static void agentDeleted(Context context, List<Issue> issues) {
        json(context, HttpStatus.GONE, putError(SourceJson.newObject(), AGENT_DELETED, issues));
    }

    /** Writes into a part of an answer why that part was refused. */
    static void refused(ObjectNode answer, Refusal refusal) {
        putError(answer, word(refusal.reason()), refusal.issues());
    }

    /** Writes into an answer, or into a part of one, why the agent is to stop, where its client has no words for that. */
    static void putStop(ObjectNode answer, Optional<String> stopReason) {
        stopReason.ifPresent(reason -> answer.put("paused", true).put("stopReason", reason));
    }

    /** The word for a reason. */
    static String word(Refusal.Reason reason) {
        return switch (reason) {
            case INVALID -> INVALID;
            case AGENT_DELETED -> AGENT_DELETED;
        };
    }

    private static ObjectNode putError(ObjectNode answer, String error, List<Issue> issues) {
        ArrayNode details = answer.put("error", error).putArray("details");
        for (Issue issue : issues.subList(0, Math.min(MAX_ISSUES, issues.size()))) {
            ObjectNode detail = details.addObject();
            ArrayNode path = detail.putArray("path");
            issue.path().forEach(path::add);
            detail.put("message", issue.message());
        }
        if (issues.size() > MAX_ISSUES) {
            ObjectNode rest = details.addObject();
            rest.putArray("path");
            rest.put("message", "And " + (issues.size() - MAX_ISSUES) + " more");
        }
        return answer;
    }

    static void forbidden(Context context, String message) {
        error(context, HttpStatus.FORBIDDEN, "forbidden", message);
    }

    static void rateLimited(Context context, Duration retryAfter) {
        context.header(Header.RETRY_AFTER, seconds(retryAfter));
        error(context, HttpStatus.TOO_MANY_REQUESTS, "rate_limited", RATE_LIMITED);
    }

    /** A wait as the header Retry-After tells it: whole seconds, rounded up, at least one. */
    static String seconds(Duration wait) {
        return String.valueOf(Math.max(1, wait.plusMillis(MILLIS - 1).toSeconds()));
    }

    static void methodNotAllowed(Context context, String allowed) {
        context.header(Header.ALLOW, allowed);
        error(
                context,
                HttpStatus.METHOD_NOT_ALLOWED,
                "method_not_allowed",
                context.method() + " is not answered here; use " + allowed + ".");
    }

    static void encoded(Context context) {
        context.header(Header.ACCEPT_ENCODING, ENCODINGS);
        error(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_encoding", ENCODED);
    }

    static void tooLarge(Context context, int max) {
        error(context, HttpStatus.CONTENT_TOO_LARGE, "too_large", "The body must have at most " + max + " bytes");
    }

    static void unavailable(Context context, String message) {
        context.header(Header.RETRY_AFTER, RETRY_AFTER);
        error(context, HttpStatus.SERVICE_UNAVAILABLE, "unavailable", message);
    }
}
