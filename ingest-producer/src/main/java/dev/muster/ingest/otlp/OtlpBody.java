/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

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
        return request;
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
