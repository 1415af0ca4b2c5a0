/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

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
}
