/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.ingest.Fixtures;
import dev.muster.ingest.source.Incoming;
import dev.muster.ingest.source.InvalidBodyException;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MessageBoundTest {

    @Test
    void countsMessagesAtEveryDepth() throws IOException {
        byte[] body = emptyRecords(5);

        assertThat(MessageBound.isExceeded(body, ExportLogsServiceRequest.getDescriptor(), 7))
                .isFalse();
        assertThat(MessageBound.isExceeded(body, ExportLogsServiceRequest.getDescriptor(), 6))
                .isTrue();
    }

    @Test
    void aBodyOfTooManyRecordsIsRefusedWhole() {
        Incoming incoming = new Incoming(
                "acme", Optional.empty(), Fixtures.RECEIVED_AT, OtlpSource.PROTOBUF, emptyRecords(MessageBound.MAX));

        assertThatThrownBy(() -> OtlpSource.logs().read(incoming))
                .isInstanceOfSatisfying(
                        InvalidBodyException.class,
                        e -> assertThat(e.issues().get(0).message()).startsWith("The body holds more than "));
    }

    private static byte[] emptyRecords(int count) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addAllLogRecords(Collections.nCopies(count, LogRecord.getDefaultInstance()))))
                .build()
                .toByteArray();
    }
}
