/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes dead letters: the record as it came, and in its headers the reason and where it was. Of a very large one only the
 * beginning, for Kafka might not take it a second time: compressed by its producer it may be of any size.
 */
final class DeadLetters {

    /** Larger records are cut. Kafka's producer sends up to 1 MiB in a request, its brokers take a little more. */
    static final int MAX_BYTES = 512 * 1024;

    /** So much is kept of the key, and of the value, of one that is cut. */
    static final int CUT_BYTES = 64 * 1024;

    private static final int MAX_REASON = 1000;

    private DeadLetters() {}

    static Record<byte[], byte[]> of(
            Record<byte[], byte[]> record, PoisonRecordException poison, Optional<RecordMetadata> place) {
        long size = size(record);
        boolean fits = size <= MAX_BYTES;
        Headers headers = fits ? new RecordHeaders(record.headers()) : new RecordHeaders();
        String reason = String.valueOf(poison.getMessage());
        add(headers, "muster.reason", reason.substring(0, Math.min(reason.length(), MAX_REASON)));
        place.ifPresent(from -> {
            add(headers, "muster.topic", from.topic());
            add(headers, "muster.partition", Integer.toString(from.partition()));
            add(headers, "muster.offset", Long.toString(from.offset()));
        });
        if (fits) {
            return record.withHeaders(headers);
        }
        add(headers, "muster.size", Long.toString(size));
        return record.withKey(beginning(record.key()))
                .withValue(beginning(record.value()))
                .withHeaders(headers);
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(UTF_8));
    }

    private static long size(Record<byte[], byte[]> record) {
        long size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= CUT_BYTES ? bytes : Arrays.copyOf(bytes, CUT_BYTES);
    }
}
