/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.avro.HookEvent;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Live sessions over rows in memory, in as many partitions as a test likes. */
final class SpreadSessions implements Partitions {

    private final List<Sessions> partitions;

    /** With so many bytes of memory for the live sessions of each, and an index of all. */
    SpreadSessions(int count, long maxLiveBytes) {
        this(count, maxLiveBytes, () -> 64 << 20);
    }

    /** So many partitions; each asks how many bytes its index may take. */
    SpreadSessions(int count, long maxLiveBytes, LongSupplier indexBytes) {
        partitions = Stream.generate(() -> new Sessions(maxLiveBytes, indexBytes.getAsLong()))
                .limit(count)
                .toList();
    }

    @Override
    public int count() {
        return partitions.size();
    }

    @Override
    public Collection<Integer> hosted() {
        return IntStream.range(0, partitions.size()).boxed().toList();
    }

    @Override
    public PartitionStores at(int partition) {
        return partitions.get(partition).partition(partition);
    }

    private Sessions of(HookEvent event) {
        return partitions.get(RecordKey.of(event).partition(partitions.size()));
    }

    void tell(HookEvent event) {
        of(event).tell(event);
    }

    /** Writes the sessions of the partition that an event belongs to, and perhaps evicts them. */
    void write(HookEvent event, boolean evicts) {
        of(event).write();
        if (evicts) {
            of(event).evict();
        }
    }
}
