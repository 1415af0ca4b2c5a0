/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.ModelTable;
import dev.muster.streams.model.Spend;
import dev.muster.streams.read.SpendFilter;
import dev.muster.streams.read.SpendView;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.shard.AgentDays;
import dev.muster.streams.read.shard.AgentHit;
import dev.muster.streams.read.shard.DayQuery;
import dev.muster.streams.read.shard.DayQuery.Part;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tells what an account has spent, by the days of the events. */
final class SpendReads {

    private static final Comparator<Map.Entry<String, Sum>> MOST_FIRST =
            Comparator.<Map.Entry<String, Sum>>comparingLong(
                            row -> row.getValue().spend.picoUsd())
                    .thenComparingLong(row -> row.getValue().spend.tokens().total())
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey());

    private static final Comparator<Map.Entry<String, Sum>> LATEST_FIRST = Map.Entry.comparingByKey(
            Comparator.comparing((String day) -> LocalDate.parse(day)).reversed());

    private final Shards shards;
    private final AgentControls controls;

    SpendReads(Shards shards, AgentControls controls) {
        this.shards = shards;
        this.controls = controls;
    }

    /** Requests and spend, summed. */
    private static final class Sum {

        private long requests;
        private final Spend spend = new Spend();

        void add(ModelTable.Share share) {
            requests += share.requests();
            spend.add(share.spend());
        }

        boolean isNothing() {
            return requests == 0 && spend.tokens().total() == 0;
        }

        SpendView.Row row(String key, String name) {
            return new SpendView.Row(
                    key, name, requests, spend.tokens(), ViewMapper.costUsd(spend), spend.unpricedTokens());
        }
    }

    SpendView spend(String account, SpendFilter filter) {
        DayQuery query = new DayQuery(
                account, filter.agentId(), filter.from(), Optional.empty(), false, Set.of(Part.DAYS, Part.NAMES));
        AgentDays found = shards.days(shard -> shard.days(query));
        Sum total = new Sum();
        Map<String, Sum> byAgent = new HashMap<>();
        Map<String, Sum> byModel = new HashMap<>();
        Map<String, Sum> byDay = new HashMap<>();
        found.days().forEach((date, day) -> {
            for (ModelTable.Share share : day.spend()) {
                total.add(share);
                at(byAgent, date.agentId()).add(share);
                at(byModel, share.name()).add(share);
                at(byDay, LocalDate.ofEpochDay(date.day()).toString()).add(share);
            }
        });
        return new SpendView(
                total.row("", ""),
                rows(byAgent, MOST_FIRST, id -> name(account, id, found)),
                rows(byModel, MOST_FIRST, UnaryOperator.identity()),
                rows(byDay, LATEST_FIRST, UnaryOperator.identity()));
    }

    private String name(String account, String agentId, AgentDays found) {
        return found.agents().getOrDefault(agentId, AgentHit.UNKNOWN).name(agentId, controls.of(account, agentId));
    }

    private static Sum at(Map<String, Sum> sums, String key) {
        return sums.computeIfAbsent(key, first -> new Sum());
    }

    private static List<SpendView.Row> rows(
            Map<String, Sum> sums, Comparator<Map.Entry<String, Sum>> order, UnaryOperator<String> name) {
        return sums.entrySet().stream()
                .filter(row -> !row.getValue().isNothing())
                .sorted(order)
                .map(row -> row.getValue().row(row.getKey(), name.apply(row.getKey())))
                .toList();
    }
}
