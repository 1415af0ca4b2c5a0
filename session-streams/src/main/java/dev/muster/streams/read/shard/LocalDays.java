/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.AgentRecord.Span;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.shard.DayQuery.Part;
import dev.muster.streams.store.AccountDays;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Reads an account's days in the partitions hosted here, live sessions included, and what is known of its agents. */
final class LocalDays {

    private final AgentControls controls;

    LocalDays(AgentControls controls) {
        this.controls = controls;
    }

    AgentDays days(List<PartitionStores> hosted, DayQuery query) {
        Predicate<String> wanted =
                id -> query.withDeleted() || !controls.of(query.account(), id).isDeleted();
        PackedDays days = new PackedDays();
        List<SessionAggregate> unwritten = new ArrayList<>();
        for (PartitionStores stores : hosted) {
            AccountDays part = read(
                    stores,
                    query.account(),
                    key -> query.wantsDay(key.agentId(), key.day()) && wanted.test(key.agentId()));
            part.days().forEach((key, day) -> days.add(new AgentDate(key.agentId(), key.day()), day));
            unwritten.addAll(part.unwritten());
        }
        Map<String, AgentHit> agents = new HashMap<>();
        if (query.parts().contains(Part.NAMES)) {
            addNames(hosted, query.account(), unwritten, agents);
        }
        if (query.parts().contains(Part.SEEN)) {
            addSeen(hosted, query.account(), days, unwritten, agents);
        }
        agents.keySet().removeIf(id -> !wanted.test(id));
        return new AgentDays(query.parts().contains(Part.DAYS) ? days : new PackedDays(), agents, Coverage.of(hosted));
    }

    private static AccountDays read(PartitionStores stores, String account, Predicate<DayKey> wanted) {
        return stores.live()
                .map(live -> live.days(account, wanted, stores.days(), stores.sessions()))
                .orElseGet(() -> AccountDays.ofRows(account, wanted, stores.days()));
    }

    private static void addNames(
            List<PartitionStores> hosted,
            String account,
            List<SessionAggregate> unwritten,
            Map<String, AgentHit> agents) {
        Bytes all = DayKey.agentsOf(account);
        for (PartitionStores stores : hosted) {
            try (KeyValueIterator<Bytes, byte[]> rows = stores.days().range(all, StoreKeys.endOf(all))) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    agents.merge(
                            DayKey.agentOf(all, row.key), AgentHit.named(AgentRecord.read(row.value)), AgentHit::and);
                }
            }
        }
        unwritten.forEach(
                session -> agents.merge(session.agentId(), AgentHit.named(AgentRecord.of(session)), AgentHit::and));
    }

    private static void addSeen(
            List<PartitionStores> hosted,
            String account,
            PackedDays days,
            List<SessionAggregate> unwritten,
            Map<String, AgentHit> agents) {
        Map<String, AgentHit> seen = new HashMap<>();
        days.forEach((date, day) -> {
            AgentDay.Latest latest = day.latest();
            if (latest != null) {
                AgentHit hit = AgentHit.seen(new Span(day.start(), latest.lastActivity()), day.sessions());
                seen.merge(date.agentId(), hit, AgentHit::and);
            }
        });
        unwritten.forEach(session -> seen.merge(session.agentId(), AgentHit.seen(Span.of(session), 0), AgentHit::and));
        outsideOfSessions(hosted, account)
                .forEach(events -> seen.merge(events.agentId(), AgentHit.seen(Span.of(events), 0), AgentHit::and));
        agents.forEach((id, agent) -> agent.known()
                .map(AgentRecord::gone)
                .ifPresent(gone -> seen.merge(id, AgentHit.seen(gone, 0), AgentHit::and)));
        seen.forEach((id, agent) -> agents.merge(id, agent, AgentHit::and));
    }

    /** What is written of the agents' events that belong to no session. */
    private static List<SessionAggregate> outsideOfSessions(List<PartitionStores> hosted, String account) {
        List<SessionAggregate> found = new ArrayList<>();
        Bytes all = StoreKeys.outsideOfSessions(account);
        for (PartitionStores stores : hosted) {
            try (KeyValueIterator<Bytes, byte[]> rows = stores.sessions().range(all, StoreKeys.endOf(all))) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    if (StoreKeys.isOutsideOfSessions(account, row.key)) {
                        found.add(SessionAggregate.read(row.value));
                    }
                }
            }
        }
        return found;
    }
}
