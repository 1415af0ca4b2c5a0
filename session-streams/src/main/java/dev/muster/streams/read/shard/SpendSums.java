/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.index.Usage;
import dev.muster.streams.model.Dimension;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** What was used and spent: in all, by agent, by model, by day, and by the sessions' values of dimensions. */
public final class SpendSums {

    private final Usage total = new Usage();
    private final ByAgent<Usage> byAgent = new ByAgent<>(Usage::new);

    private final Map<String, Usage> byModel = new HashMap<>();
    private final Map<Long, Usage> byDay = new HashMap<>();
    private final Map<Dimension, Map<String, Usage>> byDimension = new EnumMap<>(Dimension.class);
    private final Usage ofSession = new Usage();
    private Coverage coverage = Coverage.NONE;

    /** Nothing yet. */
    public SpendSums() {
        for (Dimension dimension : Dimension.values()) {
            byDimension.put(dimension, new HashMap<>());
        }
    }

    /** A partition's sessions follow. */
    void begin(PartitionSessions sessions) {
        byAgent.begin(sessions);
    }

    /** Takes in what a session used from an epoch day on. */
    void add(SessionSummary session, long from) {
        ofSession.clear();
        session.eachSpend((day, model, usage) -> {
            if (day >= from) {
                ofSession.add(usage);
                byModel.computeIfAbsent(model, first -> new Usage()).add(usage);
                byDay.computeIfAbsent(day, first -> new Usage()).add(usage);
            }
        });
        total.add(ofSession);
        byAgent.of(session).add(ofSession);
        byDimension.forEach((dimension, sums) -> {
            String value = session.at(dimension);
            if (value != null) {
                sums.computeIfAbsent(value, first -> new Usage()).add(ofSession);
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
        byDimension.forEach((dimension, sums) -> addAll(sums, other.byDimension(dimension)));
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

    /** By the sessions' values of a dimension; what sessions without one used is not among them. */
    public Map<String, Usage> byDimension(Dimension dimension) {
        return Objects.requireNonNull(byDimension.get(dimension));
    }

    /** The partitions that they speak for. */
    public Coverage coverage() {
        return coverage;
    }
}
