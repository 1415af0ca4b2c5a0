/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.read.NotReadyException;
import java.util.Collection;
import java.util.List;

/** The partitions that an instance hosts, out of those of the events' topic. */
interface Partitions {

    /** How many partitions the events' topic has. */
    int count();

    /** The numbers of those that are hosted here. */
    Collection<Integer> hosted();

    /**
     * A partition's stores.
     *
     * @throws NotReadyException if they cannot be read now, or are not here
     */
    PartitionStores at(int partition);

    /** The stores of every partition that is hosted here. */
    default List<PartitionStores> all() {
        return hosted().stream().map(this::at).toList();
    }

    /** The stores of the partition that a key is in. */
    default PartitionStores of(RecordKey key) {
        return at(key.partition(count()));
    }

    /** Whether the partition that a key is in is hosted here. */
    default boolean host(RecordKey key) {
        return hosted().contains(key.partition(count()));
    }
}
