/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters: the record as it came, and in its headers the reason and where it was. */
final class DeadLetters {

    private DeadLetters() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, Poison poison, Optional<RecordMetadata> place) {
        Headers headers = new RecordHeaders(record.headers());
        headers.add("muster.reason", String.valueOf(poison.getMessage()).getBytes(UTF_8));
        place.ifPresent(from -> {
            headers.add("muster.topic", from.topic().getBytes(UTF_8));
            headers.add("muster.partition", Integer.toString(from.partition()).getBytes(UTF_8));
            headers.add("muster.offset", Long.toString(from.offset()).getBytes(UTF_8));
        });
        return record.withHeaders(headers);
    }
}
