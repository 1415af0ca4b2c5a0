/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.ModelTable;
import dev.muster.streams.model.Spend;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private final Partitions partitions;
    private final AgentControls controls;
    private final DayReads days;

    SpendReads(Partitions partitions, AgentControls controls) {
        this.partitions = partitions;
        this.controls = controls;
        days = new DayReads(partitions);
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
            return new SpendView.Row(key, name, requests, spend.tokens(), Views.costUsd(spend), spend.unpricedTokens());
        }
    }

    SpendView spend(String account, SpendFilter filter) {
        long from = filter.from().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        DayReads.Found found = days.days(
                account,
                key -> key.day() >= from
                        && filter.agentId().map(key.agentId()::equals).orElse(true)
                        && !controls.of(account, key.agentId()).isDeleted());
        Sum total = new Sum();
        Map<String, Sum> byAgent = new HashMap<>();
        Map<String, Sum> byModel = new HashMap<>();
        Map<String, Sum> byDay = new HashMap<>();
        found.days().forEach((key, day) -> {
            for (ModelTable.Share share : day.spend()) {
                total.add(share);
                at(byAgent, key.agentId()).add(share);
                at(byModel, share.name()).add(share);
                at(byDay, LocalDate.ofEpochDay(key.day()).toString()).add(share);
            }
        });
        KnownAgents agents = new KnownAgents(partitions, controls, account, found.unwritten());
        return new SpendView(
                total.row("", ""),
                rows(byAgent, MOST_FIRST, agents::name),
                rows(byModel, MOST_FIRST, UnaryOperator.identity()),
                rows(byDay, LATEST_FIRST, UnaryOperator.identity()));
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
