/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.shard.AccountShard;
import dev.muster.streams.read.shard.AgentDays;
import dev.muster.streams.read.shard.Coverage;
import dev.muster.streams.read.shard.SessionHit;
import dev.muster.streams.read.shard.Slice;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** All shards: each is asked, and together they must speak for every partition that a query is about. */
final class Shards {

    private final List<AccountShard> shards;
    private final int partitions;
    private final Collection<Integer> all;

    /**
     * Some shards.
     *
     * @param partitions how many partitions the events' topic has
     */
    Shards(List<AccountShard> shards, int partitions) {
        this.shards = List.copyOf(shards);
        this.partitions = partitions;
        all = IntStream.range(0, partitions).boxed().toList();
    }

    /** The slices of all shards, which together speak for every partition. */
    <T extends Positioned> List<Slice<T>> slices(Function<AccountShard, Slice<T>> query) {
        return slices(all, query);
    }

    /** The slices of all shards, which together speak for the partition that a key is in. */
    <T extends Positioned> List<Slice<T>> slices(RecordKey key, Function<AccountShard, Slice<T>> query) {
        return slices(List.of(key.partition(partitions)), query);
    }

    private <T extends Positioned> List<Slice<T>> slices(
            Collection<Integer> wanted, Function<AccountShard, Slice<T>> query) {
        List<Slice<T>> slices = shards.stream().map(query).toList();
        requireAll(wanted, slices.stream().map(Slice::coverage).reduce(Coverage.NONE, Coverage::and));
        return slices;
    }

    /** The days of all shards, added up. */
    AgentDays days(Function<AccountShard, AgentDays> query) {
        AgentDays days = shards.stream().map(query).reduce(AgentDays.NONE, AgentDays::and);
        requireAll(all, days.coverage());
        return days;
    }

    /** The sessions of some ids, those that are there, by id. */
    Map<String, SessionHit> sessionsById(String account, Collection<String> sessionIds) {
        Map<String, SessionHit> found = new HashMap<>();
        shards.forEach(shard -> found.putAll(shard.sessionsById(account, sessionIds)));
        return found;
    }

    private static void requireAll(Collection<Integer> wanted, Coverage coverage) {
        Set<Integer> missing = coverage.missing(wanted);
        if (!missing.isEmpty()) {
            throw new NotReadyException("Nobody answers for the partitions " + missing + " at the moment.");
        }
    }
}
