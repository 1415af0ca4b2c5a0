/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.restore;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Counts what is restored. */
final class RestoredRecords implements StateRestoreListener {

    private static final String BYTES = "bytes-consumed-total";
    private static final String CLIENT = "client-id";
    private static final String RESTORER = "restore-consumer";

    private final LongAdder records = new LongAdder();

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        // Batches are counted.
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long to, long count) {
        records.add(count);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long count) {
        // Batches were counted.
    }

    /** The records of changelogs so far. */
    long records() {
        return records.sum();
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
