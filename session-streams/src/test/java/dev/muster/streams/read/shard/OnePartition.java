/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.store.LiveSessionView;
import dev.muster.streams.store.SessionStores;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All there is, in one partition. */
record OnePartition(Supplier<PartitionStores> stores) implements Partitions {

    @Override
    public int count() {
        return 1;
    }

    @Override
    public Collection<Integer> hosted() {
        return List.of(0);
    }

    @Override
    public PartitionStores at(int partition) {
        return stores.get();
    }

    /** Rows as a reader sees them, with the live sessions over them if there are any. */
    static PartitionStores overlaid(int partition, SessionStores rows, Optional<LiveSessionView> live) {
        return new PartitionStores(
                partition,
                rows.sessions(),
                rows.traces(),
                rows.events(),
                rows.activity(),
                rows.days(),
                rows.audit(),
                live);
    }
}
