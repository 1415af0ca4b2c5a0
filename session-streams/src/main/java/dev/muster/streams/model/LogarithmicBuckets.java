/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * How durations were counted before there were {@link DurationBuckets}: by the logarithm, in a field {@value #FIELD}. What was
 * counted in such a bucket is 1 % off, and so is the duration that it goes on as: 2 % together.
 */
final class LogarithmicBuckets {

    private static final String FIELD = "bucket";
    private static final double GAMMA = 1.01 / 0.99;

    private LogarithmicBuckets() {}

    /** Gives all buckets in a state value, as it was written, the numbers of today's. */
    static void renumber(Object value) {
        if (value instanceof Collection<?> items) {
            items.forEach(LogarithmicBuckets::renumber);
        } else if (value instanceof GenericRecord record) {
            for (Schema.Field field : record.getSchema().getFields()) {
                Object held = record.get(field.pos());
                if (field.name().equals(FIELD)) {
                    record.put(field.pos(), DurationBuckets.of(middle((int) held)));
                } else if (held != null) {
                    renumber(held);
                }
            }
        }
    }

    /** What a bucket was shown as, milliseconds: -1 was for 0 ms. */
    private static long middle(int bucket) {
        return bucket < 0 ? 0 : Math.round(2 * Math.pow(GAMMA, bucket) / (GAMMA + 1));
    }
}
