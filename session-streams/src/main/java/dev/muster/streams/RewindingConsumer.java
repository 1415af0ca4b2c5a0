/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stream thread's consumer, which reads again what a corrupted task had polled and not committed.
 *
 * <p>Kafka Streams (seen in 4.3.1) pauses the partitions of such a task, notes in the task that they are to be reset, and asks
 * for a rebalance. When that puts a new task in the place of the revived one, the note is gone, and the records between the
 * committed offset and the consumer's position would never be counted. So they are reset here, before the rebalance. What is
 * paused for another reason is read twice, which does no harm: each fact counts once.
 */
final class RewindingConsumer extends KafkaConsumer<byte[], byte[]> {

    RewindingConsumer(Map<String, Object> properties) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void enforceRebalance(String reason) {
        rewind(paused());
        super.enforceRebalance(reason);
    }

    private void rewind(Set<TopicPartition> partitions) {
        Set<TopicPartition> never = new HashSet<>();
        Map<TopicPartition, OffsetAndMetadata> committed = committed(partitions);
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                never.add(partition);
            } else {
                seek(partition, offset);
            }
        }
        if (!never.isEmpty()) {
            seekToBeginning(never);
        }
    }
}
