/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What was used and spent: in all, by agent, by model, and by day. */
public final class SpendSums {

    private final Usage total = new Usage();
    private final Map<String, Usage> byAgent = new HashMap<>();
    private final Map<String, Usage> byModel = new HashMap<>();
    private final Map<Long, Usage> byDay = new HashMap<>();
    private Coverage coverage = Coverage.NONE;

    void add(String agentId, String model, long day, Usage usage) {
        total.add(usage);
        byAgent.computeIfAbsent(agentId, first -> new Usage()).add(usage);
        byModel.computeIfAbsent(model, first -> new Usage()).add(usage);
        byDay.computeIfAbsent(day, first -> new Usage()).add(usage);
    }

    void cover(Coverage more) {
        coverage = coverage.and(more);
    }

    /** These sums with others added to them. */
    public SpendSums and(SpendSums other) {
        total.add(other.total);
        addAll(byAgent, other.byAgent);
        addAll(byModel, other.byModel);
        addAll(byDay, other.byDay);
        cover(other.coverage);
        return this;
    }

    private static <K> void addAll(Map<K, Usage> sums, Map<K, Usage> more) {
        Function<K, Usage> none = key -> new Usage();
        more.forEach((key, usage) -> sums.computeIfAbsent(key, none).add(usage));
    }

    /** In all. */
    public Usage total() {
        return total;
    }

    /** By agent's id. */
    public Map<String, Usage> byAgent() {
        return byAgent;
    }

    /** By model's name. */
    public Map<String, Usage> byModel() {
        return byModel;
    }

    /** By epoch day. */
    public Map<Long, Usage> byDay() {
        return byDay;
    }

    /** The partitions that they speak for. */
    public Coverage coverage() {
        return coverage;
    }
}
