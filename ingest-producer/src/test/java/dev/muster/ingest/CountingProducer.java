/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest;

import dev.muster.schemas.Topics;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Takes every record at once and keeps none. */
final class CountingProducer extends MockProducer<byte[], byte[]> {

    private static final RecordMetadata TAKEN =
            new RecordMetadata(new TopicPartition(Topics.HOOK_EVENTS, 0), 0, 0, 0, 0, 0);

    private long records;

    CountingProducer() {
        super(cluster(), true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
        Node node = new Node(0, "127.0.0.1", 9);
        Node[] nodes = {node};
        PartitionInfo partition = new PartitionInfo(Topics.HOOK_EVENTS, 0, node, nodes, nodes);
        return new Cluster("test", List.of(node), List.of(partition), Set.of(), Set.of());
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        records++;
        callback.onCompletion(TAKEN, null);
        return CompletableFuture.completedFuture(TAKEN);
    }

    synchronized long records() {
        return records;
    }
}
