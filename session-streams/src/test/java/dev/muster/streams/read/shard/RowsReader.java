/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.store.RowsType;
import dev.muster.streams.store.SessionStores;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Reads an instance's rows without the live sessions over them. */
public final class RowsReader {

    private RowsReader() {}

    /** Reads an instance that has one partition. */
    public static InstanceReader of(KafkaStreams streams, InstantSource clock) {
        return InstanceReader.of(
                new OnePartition(() -> new PartitionStores(
                        0,
                        rows(streams, SessionStores.SESSIONS),
                        rows(streams, SessionStores.TRACES),
                        rows(streams, SessionStores.EVENTS),
                        rows(streams, SessionStores.ACTIVITY),
                        rows(streams, SessionStores.DAYS),
                        rows(streams, SessionStores.AUDIT),
                        Optional.empty())),
                new AgentControls(),
                clock);
    }

    private static ReadOnlyKeyValueStore<Bytes, byte[]> rows(KafkaStreams streams, String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, new RowsType()));
    }
}
