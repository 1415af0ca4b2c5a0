/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.read.NotReadyException;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.shard.AccountShard;
import dev.muster.streams.read.shard.AgentDays;
import dev.muster.streams.read.shard.AgentHits;
import dev.muster.streams.read.shard.Coverage;
import dev.muster.streams.read.shard.GroupSums;
import dev.muster.streams.read.shard.SessionHit;
import dev.muster.streams.read.shard.Slice;
import dev.muster.streams.read.shard.SpendSums;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
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
        return all(query, AgentDays.NONE, AgentDays::and, AgentDays::coverage);
    }

    /** The day groups of all shards. */
    GroupSums groups(Function<AccountShard, GroupSums> query) {
        return all(query, new GroupSums(SessionSort.LAST_ACTIVITY), GroupSums::and, GroupSums::coverage);
    }

    /** The spend of all shards, added up. */
    SpendSums spend(Function<AccountShard, SpendSums> query) {
        return all(query, new SpendSums(), SpendSums::and, SpendSums::coverage);
    }

    /** The agents of all shards. */
    AgentHits agents(Function<AccountShard, AgentHits> query) {
        return all(query, AgentHits.NONE, AgentHits::and, AgentHits::coverage);
    }

    private <T> T all(Function<AccountShard, T> query, T none, BinaryOperator<T> and, Function<T, Coverage> coverage) {
        T together = none;
        for (AccountShard shard : shards) {
            together = and.apply(together, query.apply(shard));
        }
        requireAll(all, coverage.apply(together));
        return together;
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
