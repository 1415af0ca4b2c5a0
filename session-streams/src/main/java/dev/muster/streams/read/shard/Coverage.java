/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * The partitions that an answer speaks for.
 *
 * @param active those whose live sessions were laid over their rows
 * @param standby those of which there was only a standby's rows
 */
public record Coverage(Set<Integer> active, Set<Integer> standby) {

    /** No partition. */
    public static final Coverage NONE = new Coverage(Set.of(), Set.of());

    static Coverage of(Collection<PartitionStores> partitions) {
        Set<Integer> active = new TreeSet<>();
        Set<Integer> standby = new TreeSet<>();
        partitions.forEach(stores -> (stores.live().isPresent() ? active : standby).add(stores.partition()));
        return new Coverage(active, standby);
    }

    /** What two answers speak for together; a partition that is active in either is active. */
    public Coverage and(Coverage other) {
        Set<Integer> bothActive = union(active, other.active);
        Set<Integer> onlyStandby = union(standby, other.standby);
        onlyStandby.removeAll(bothActive);
        return new Coverage(bothActive, onlyStandby);
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        Set<Integer> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }

    /** Those of some partitions that nothing speaks for. */
    public Set<Integer> missing(Collection<Integer> wanted) {
        Set<Integer> missing = new TreeSet<>(wanted);
        missing.removeAll(active);
        missing.removeAll(standby);
        return missing;
    }
}
