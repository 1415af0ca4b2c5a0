/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Counts what is restored, and says when. */
final class RestoredRecords implements StateRestoreListener {

    private static final String BYTES = "bytes-consumed-total";
    private static final String CLIENT = "client-id";
    private static final String RESTORER = "restore-consumer";

    private final LongAdder records = new LongAdder();
    private final AtomicLong began = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final InstantSource clock;

    RestoredRecords(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        began.compareAndSet(0, clock.millis());
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long to, long count) {
        records.add(count);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        ended.set(clock.millis());
    }

    /** The records of changelogs so far. */
    long records() {
        return records.sum();
    }

    /** When the first changelog was begun, epoch milliseconds; 0 before. */
    long began() {
        return began.get();
    }

    /** When the last one so far was read to its end, epoch milliseconds; 0 before. */
    long ended() {
        return ended.get();
    }

    /** The bytes that the consumers of changelogs have read, all topics together. */
    static long bytes(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(BYTES))
                .filter(metric -> metric.getKey().tags().size() == 1)
                .filter(metric ->
                        String.valueOf(metric.getKey().tags().get(CLIENT)).contains(RESTORER))
                .mapToLong(metric -> ((Number) metric.getValue().metricValue()).longValue())
                .sum();
    }
}
