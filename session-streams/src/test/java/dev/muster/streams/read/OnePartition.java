/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import java.util.function.Supplier;

/** All there is, in one partition. */
record OnePartition(Supplier<PartitionStores> stores) implements Partitions {

    @Override
    public int count() {
        return 1;
    }

    @Override
    public PartitionStores at(int partition) {
        return stores.get();
    }
}
