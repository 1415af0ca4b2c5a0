/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.Usage;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.shard.AgentHit;
import dev.muster.streams.read.shard.AgentHits;
import dev.muster.streams.read.shard.AgentQuery;
import dev.muster.streams.read.shard.SpendQuery;
import dev.muster.streams.read.shard.SpendSums;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tells what an account has spent, by the days of the events. */
final class SpendReads {

    private static final Comparator<Map.Entry<String, Usage>> MOST_FIRST =
            Comparator.<Map.Entry<String, Usage>>comparingLong(
                            row -> row.getValue().picoUsd())
                    .thenComparingLong(row -> row.getValue().tokens().total())
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey());

    private static final Comparator<Map.Entry<String, Usage>> LATEST_FIRST = Map.Entry.comparingByKey(
            Comparator.comparing((String day) -> LocalDate.parse(day)).reversed());

    private final Shards shards;
    private final AgentControls controls;

    SpendReads(Shards shards, AgentControls controls) {
        this.shards = shards;
        this.controls = controls;
    }

    SpendView spend(String account, SpendFilter filter) {
        SpendSums sums = shards.spend(
                shard -> shard.spend(new SpendQuery(account, filter.agentId(), filter.from(), filter.at())));
        AgentHits agents =
                shards.agents(shard -> shard.agents(new AgentQuery(account, filter.agentId(), false, false)));
        Map<String, Usage> byDay = new HashMap<>();
        sums.byDay().forEach((day, usage) -> byDay.put(LocalDate.ofEpochDay(day).toString(), usage));
        return new SpendView(
                row("", "", sums.total()),
                rows(sums.byAgent(), MOST_FIRST, id -> name(account, id, agents)),
                rows(sums.byModel(), MOST_FIRST, UnaryOperator.identity()),
                rows(byDay, LATEST_FIRST, UnaryOperator.identity()),
                byDimension(sums));
    }

    private static Map<Dimension, List<SpendView.Row>> byDimension(SpendSums sums) {
        Map<Dimension, List<SpendView.Row>> rows = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            rows.put(dimension, rows(sums.byDimension(dimension), MOST_FIRST, UnaryOperator.identity()));
        }
        return rows;
    }

    private String name(String account, String agentId, AgentHits found) {
        return found.agents().getOrDefault(agentId, AgentHit.UNKNOWN).name(agentId, controls.of(account, agentId));
    }

    private static SpendView.Row row(String key, String name, Usage usage) {
        return new SpendView.Row(
                key,
                name,
                usage.requests(),
                usage.tokens(),
                ViewMapper.costUsd(usage.tokens().total(), usage.picoUsd(), usage.unpricedTokens()),
                usage.unpricedTokens());
    }

    private static List<SpendView.Row> rows(
            Map<String, Usage> sums, Comparator<Map.Entry<String, Usage>> order, UnaryOperator<String> name) {
        return sums.entrySet().stream()
                .filter(row -> !row.getValue().isNothing())
                .sorted(order)
                .map(row -> row(row.getKey(), name.apply(row.getKey()), row.getValue()))
                .toList();
    }
}
