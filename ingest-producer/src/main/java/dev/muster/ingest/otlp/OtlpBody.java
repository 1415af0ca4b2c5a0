/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import dev.muster.ingest.source.Issue;
import dev.muster.ingest.source.SourceJson;
import java.io.IOException;
import java.util.List;

/** Decodes an OTLP request's body, in protobuf or in JSON. */
final class OtlpBody {

    private OtlpBody() {}

    /**
     * Decodes a body into a request.
     *
     * @throws InvalidBodyException if it is neither of the two, cannot be read or nests too deep
     */
    static <B extends Message.Builder> B read(Incoming incoming, B request) throws InvalidBodyException {
        switch (incoming.mediaType()) {
            case OtlpSource.PROTOBUF -> mergeProtobuf(incoming.body(), request);
            case OtlpSource.JSON -> OtlpJson.merge(SourceJson.object(incoming.body()), request);
            default ->
                throw refused("The body must be " + OtlpSource.PROTOBUF + " or " + OtlpSource.JSON
                        + ", as the header Content-Type tells");
        }
        if (request.getAllFields().isEmpty() && !isEmpty(incoming, request.getDescriptorForType())) {
            throw notUnderstood(request.getDescriptorForType());
        }
        return request;
    }

    /** An exporter that has nothing to tell may say so, with its field or without. */
    private static boolean isEmpty(Incoming incoming, Descriptor request) throws InvalidBodyException {
        if (!incoming.mediaType().equals(OtlpSource.JSON)) {
            return incoming.body().length == 0;
        }
        ObjectNode json = SourceJson.object(incoming.body());
        FieldDescriptor field = request.getFields().get(0);
        return json.isEmpty() || json.has(field.getJsonName()) || json.has(field.getName());
    }

    /** Whoever sent it must not think that it was taken. */
    static InvalidBodyException notUnderstood(Descriptor request) {
        FieldDescriptor field = request.getFields().get(0);
        return refused("Nothing in the body is of an " + request.getName() + ", which has " + field.getJsonName()
                + "; spans go to /v1/traces, log records to /v1/logs, metrics to /v1/metrics");
    }

    private static void mergeProtobuf(byte[] body, Message.Builder request) throws InvalidBodyException {
        try {
            if (MessageBound.isExceeded(body, request.getDescriptorForType(), MessageBound.MAX)) {
                throw refused("The body holds more than " + MessageBound.MAX + " messages; send less at a time");
            }
            request.mergeFrom(body);
        } catch (IOException e) {
            throw refused(
                    "The body is not a valid " + request.getDescriptorForType().getName()
                            + " in protobuf: it is damaged, nests too deep or holds text that is not UTF-8");
        }
    }

    private static InvalidBodyException refused(String message) {
        return new InvalidBodyException(List.of(Issue.at(message)));
    }
}
