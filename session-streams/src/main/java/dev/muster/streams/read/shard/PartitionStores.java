/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.store.LiveSessionView;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * The stores of one partition, as a reader sees them.
 *
 * @param partition its number
 * @param live the sessions in memory; empty where the partition is only a standby
 */
record PartitionStores(
        int partition,
        ReadOnlyKeyValueStore<Bytes, byte[]> sessions,
        ReadOnlyKeyValueStore<Bytes, byte[]> traces,
        ReadOnlyKeyValueStore<Bytes, byte[]> events,
        ReadOnlyKeyValueStore<Bytes, byte[]> activity,
        ReadOnlyKeyValueStore<Bytes, byte[]> days,
        ReadOnlyKeyValueStore<Bytes, byte[]> audit,
        Optional<LiveSessionView> live) {}
