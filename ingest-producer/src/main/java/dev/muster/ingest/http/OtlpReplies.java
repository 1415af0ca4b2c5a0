/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnknownFieldSet;
import dev.muster.ingest.control.Admitted;
import dev.muster.ingest.otlp.OtlpSource;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.MappedBody;
import dev.muster.ingest.source.MappedBody.Refusal;
import dev.muster.ingest.source.SourceJson;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * OTLP's answers, in the encoding of the request: an {@code Export…ServiceResponse} that tells what was rejected, and for
 * what went wrong a {@code google.rpc.Status} with a message and no code, as the protocol wants it.
 */
final class OtlpReplies implements Replies {

    /** How many of the rejected records are told the reason of. */
    private static final int MAX_REASONS = 5;

    private static final int STATUS_MESSAGE = 2;

    private final String rejectedCount;

    /**
     * Answers of one signal.
     *
     * @param rejectedCount by which name its answer counts what was rejected, as {@code rejectedSpans}
     */
    OtlpReplies(String rejectedCount) {
        this.rejectedCount = rejectedCount;
    }

    @Override
    public void accepted(Context context, Admitted admitted) {
        MappedBody mapped = admitted.mapped();
        List<Refusal> refused = mapped.refused();
        String reasons = refused.isEmpty() && mapped.isForeign() ? foreign(mapped) : reasons(refused);
        context.status(HttpStatus.OK);
        if (reasons.isEmpty()) {
            write(context, ExportLogsServiceResponse.getDefaultInstance(), SourceJson.newObject());
            return;
        }
        JsonNode partial = SourceJson.newObject()
                .put(rejectedCount, String.valueOf(refused.size()))
                .put("errorMessage", reasons);
        // The signals' responses differ in their names alone, which the binary form does not hold.
        ExportLogsServiceResponse response = ExportLogsServiceResponse.newBuilder()
                .setPartialSuccess(ExportLogsPartialSuccess.newBuilder()
                        .setRejectedLogRecords(refused.size())
                        .setErrorMessage(reasons))
                .build();
        write(context, response, SourceJson.newObject().set("partialSuccess", partial));
    }

    private static String reasons(List<Refusal> refused) {
        return refused.stream()
                .limit(MAX_REASONS)
                .map(refusal -> "Record " + refusal.index() + ": " + words(refusal.issues()))
                .collect(joining("; "));
    }

    /** Records that nobody understands are none that are rejected, but their sender must not think that they count. */
    private static String foreign(MappedBody mapped) {
        String names = mapped.ignored().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MAX_REASONS)
                .map(named -> named.getKey() + " (" + named.getValue() + ")")
                .collect(joining(", "));
        return "Nothing here is of a client that is known, and nothing of it is counted: " + names;
    }

    @Override
    public void invalid(Context context, List<Issue> issues) {
        boolean readable = OtlpSource.MEDIA_TYPES.contains(mediaType(context));
        fail(context, readable ? HttpStatus.BAD_REQUEST : HttpStatus.UNSUPPORTED_MEDIA_TYPE, words(issues));
    }

    @Override
    public void unauthorized(Context context, String reason) {
        context.header(Header.WWW_AUTHENTICATE, "Bearer");
        fail(context, HttpStatus.UNAUTHORIZED, "Send a known key as Authorization: Bearer vk_… (" + reason + ")");
    }

    @Override
    public void forbidden(Context context, String message) {
        fail(context, HttpStatus.FORBIDDEN, message);
    }

    @Override
    public void unsupportedEncoding(Context context) {
        context.header(Header.ACCEPT_ENCODING, ErrorReplies.ENCODINGS);
        fail(context, HttpStatus.UNSUPPORTED_MEDIA_TYPE, ErrorReplies.ENCODED);
    }

    @Override
    public void tooLarge(Context context, int max) {
        fail(
                context,
                HttpStatus.CONTENT_TOO_LARGE,
                "The body must have at most " + max + " bytes; send less at a time");
    }

    @Override
    public void late(Context context) {
        fail(context, HttpStatus.REQUEST_TIMEOUT, ErrorReplies.LATE);
    }

    @Override
    public void rateLimited(Context context, Duration retryAfter) {
        context.header(Header.RETRY_AFTER, ErrorReplies.seconds(retryAfter));
        fail(context, HttpStatus.TOO_MANY_REQUESTS, ErrorReplies.RATE_LIMITED);
    }

    @Override
    public void unavailable(Context context, String message) {
        context.header(Header.RETRY_AFTER, ErrorReplies.RETRY_AFTER);
        fail(context, HttpStatus.SERVICE_UNAVAILABLE, message);
    }

    private static void fail(Context context, HttpStatus status, String message) {
        context.status(status);
        UnknownFieldSet.Field text = UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(message))
                .build();
        write(
                context,
                UnknownFieldSet.newBuilder().addField(STATUS_MESSAGE, text).build(),
                SourceJson.newObject().put("message", message));
    }

    private static void write(Context context, MessageLite binary, JsonNode json) {
        boolean isBinary = mediaType(context).equals(OtlpSource.PROTOBUF);
        context.contentType(isBinary ? OtlpSource.PROTOBUF : OtlpSource.JSON)
                .result(
                        isBinary
                                ? binary.toByteArray()
                                : SourceJson.canonical(json).getBytes(UTF_8));
    }

    private static String mediaType(Context context) {
        return IngestEndpoint.mediaType(context);
    }

    private static String words(List<Issue> issues) {
        return issues.stream()
                .map(issue -> issue.path().isEmpty()
                        ? issue.message()
                        : String.join(".", issue.path()) + ": " + issue.message())
                .collect(joining("; "));
    }
}
