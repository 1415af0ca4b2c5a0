/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.store.LiveSessions;
import dev.muster.streams.store.LiveSessionsType;
import dev.muster.streams.store.RowsType;
import dev.muster.streams.store.SessionStores;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The partitions of a Kafka Streams instance, by interactive queries. */
final class StreamsPartitions implements Partitions {

    private final KafkaStreams streams;
    private final int count;
    private final List<Integer> hosted;

    StreamsPartitions(KafkaStreams streams, int count) {
        this.streams = streams;
        this.count = count;
        hosted = IntStream.range(0, count).boxed().toList();
    }

    @Override
    public int count() {
        return count;
    }

    /** All: while there is one instance, a partition that is not here is one that cannot be read yet. */
    @Override
    public Collection<Integer> hosted() {
        return hosted;
    }

    @Override
    public PartitionStores at(int partition) {
        try {
            LiveSessions live = store(LiveSessions.NAME, partition, new LiveSessionsType());
            return new PartitionStores(
                    partition,
                    rows(SessionStores.SESSIONS, partition),
                    rows(SessionStores.TRACES, partition),
                    rows(SessionStores.EVENTS, partition),
                    rows(SessionStores.ACTIVITY, partition),
                    rows(SessionStores.DAYS, partition),
                    rows(SessionStores.AUDIT, partition),
                    live.isBound() ? Optional.of(live.reads()) : Optional.empty());
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // The latter when the instance has ended or failed.
            throw new NotReadyException("The stores of partition " + partition + " cannot be read now.", e);
        }
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> rows(String name, int partition) {
        return store(name, partition, new RowsType());
    }

    private <T> T store(String name, int partition, QueryableStoreType<T> type) {
        // Without stale stores any thread that is not RUNNING would make the query throw.
        return streams.store(StoreQueryParameters.fromNameAndType(name, type)
                .withPartition(partition)
                .enableStaleStores());
    }
}
