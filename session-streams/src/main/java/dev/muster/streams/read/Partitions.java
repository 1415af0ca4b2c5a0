/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import org.apache.kafka.common.utils.Utils;

/** Where an instance's partitions are to be found. */
interface Partitions {

    /** How many partitions the events' topic has. */
    int count();

    /**
     * A partition's stores.
     *
     * @throws NotReadyException if they cannot be read now
     */
    PartitionStores at(int partition);

    /** The stores of the partition that a key is in. */
    default PartitionStores of(RecordKey key) {
        return at(Utils.toPositive(Utils.murmur2(key.toBytes())) % count());
    }
}
