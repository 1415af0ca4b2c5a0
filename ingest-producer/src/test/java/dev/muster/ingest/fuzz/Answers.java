/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.muster.ingest.fuzz.RawClient.Answer;
import dev.muster.ingest.source.SourceJson;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import java.util.List;
import java.util.Set;

/** What is asked of an answer, whatever was sent. */
public final class Answers {

    private static final int MAX_SHOWN = 3000;
    private static final int STATUS_MESSAGE = 2;

    private Answers() {}

    /** Its status is one of these, and it tells in the endpoint's form what became of the request, or what is wrong. */
    public static void assertClear(Answer answer, Endpoint endpoint, Set<Integer> statuses, byte[] request) {
        String sent = endpoint + ": " + new String(request, 0, Math.min(request.length, MAX_SHOWN), ISO_8859_1);
        assertThat(answer.status()).as(sent).isIn(statuses);
        assertThat(answer.body()).as(sent).doesNotContain("\tat ", "Exception", "java.");
        if (answer.mediaType().equals(Endpoint.PROTOBUF)) {
            assertThat(endpoint.otlp()).as(sent).isTrue();
            assertThat(endpoint.mediaType()).as(sent).isEqualTo(Endpoint.PROTOBUF);
            assertBinary(answer, sent);
        } else if (answer.status() >= 400) {
            JsonNode body =
                    SourceJson.value(answer.body()).orElseThrow(() -> new AssertionError(answer + " to " + sent));
            assertThat(body.path("error").asText() + body.path("message").asText())
                    .as("%s to %s", answer, sent)
                    .isNotEmpty();
        } else if (endpoint.otlp()) {
            assertThat(endpoint.mediaType()).as(sent).isEqualTo(Endpoint.JSON);
            assertThat(SourceJson.value(answer.body()).orElseThrow().fieldNames())
                    .toIterable()
                    .as(sent)
                    .isSubsetOf("partialSuccess");
        }
    }

    private static void assertBinary(Answer answer, String sent) {
        try {
            if (answer.status() < 400) {
                ExportLogsServiceResponse response = ExportLogsServiceResponse.parseFrom(answer.bytes());
                assertThat(response.getUnknownFields().asMap()).as(sent).isEmpty();
            } else {
                UnknownFieldSet status = UnknownFieldSet.parseFrom(answer.bytes());
                assertThat(status.asMap().keySet()).as(sent).isEqualTo(Set.of(STATUS_MESSAGE));
                List<?> message = status.getField(STATUS_MESSAGE).getLengthDelimitedList();
                assertThat(message).as(sent).hasSize(1);
            }
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(answer + " to " + sent, e);
        }
    }
}
