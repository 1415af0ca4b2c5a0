/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.index.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** What was used and spent: in all, by agent, by model, and by day. */
public final class SpendSums {

    private final Usage total = new Usage();
    private final ByAgent<Usage> byAgent = new ByAgent<>(Usage::new);

    private final Map<String, Usage> byModel = new HashMap<>();
    private final Map<Long, Usage> byDay = new HashMap<>();
    private Coverage coverage = Coverage.NONE;

    /** A partition's sessions follow. */
    void begin(PartitionSessions sessions) {
        byAgent.begin(sessions);
    }

    /** Takes in what a session used from an epoch day on. */
    void add(SessionSummary session, long from) {
        Usage ofAgent = byAgent.of(session);
        session.eachSpend((day, model, usage) -> {
            if (day >= from) {
                total.add(usage);
                ofAgent.add(usage);
                byModel.computeIfAbsent(model, first -> new Usage()).add(usage);
                byDay.computeIfAbsent(day, first -> new Usage()).add(usage);
            }
        });
    }

    void cover(Coverage more) {
        coverage = coverage.and(more);
    }

    /** These sums with others added to them. */
    public SpendSums and(SpendSums other) {
        total.add(other.total);
        other.byAgent.forEach((id, usage) -> byAgent.of(-1, id).add(usage));
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

    /** By agent's id; an agent may have used nothing. */
    public Map<String, Usage> byAgent() {
        Map<String, Usage> all = new HashMap<>();
        byAgent.forEach(all::put);
        return all;
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
