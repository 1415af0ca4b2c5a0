/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Reads an account's days while they are written: the days at one moment first, then the live sessions one by one, each with what
 * it has given to its days. A session that was written in between gave something that the days did not hold: a {@link DayContributionLog}
 * tells what they did. So each session counts once, as it stood when it was looked at.
 */
final class DayReading {

    private final String account;
    private final Set<DayKey> wanted;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> rows;
    private final Function<RecordKey, Optional<SessionAggregate>> current;
    private final Map<DayKey, AgentDay> days = new HashMap<>();
    /** Groups that a session has left which may have been the one that reached furthest. */
    private final Set<DayKey> unbounded = new HashSet<>();

    /**
     * Prepares a reading.
     *
     * @param wanted which days are wanted
     * @param rows the days' rows
     * @param current a session as it stands, from memory or from its row
     */
    DayReading(
            String account,
            Set<DayKey> wanted,
            ReadOnlyKeyValueStore<Bytes, byte[]> rows,
            Function<RecordKey, Optional<SessionAggregate>> current) {
        this.account = account;
        this.wanted = wanted;
        this.rows = rows;
        this.current = current;
    }

    /**
     * Reads.
     *
     * @param aggregates the days
     * @param live the task's live sessions
     * @param look looks at a live session
     */
    AccountDays read(
            DayAggregates aggregates,
            Collection<LiveSession> live,
            Function<LiveSession, Optional<LiveSession.Contributions>> look) {
        Map<RecordKey, LiveSession.Contributions> changed = new HashMap<>();
        DayContributionLog log = new DayContributionLog(account);
        try {
            days.putAll(aggregates.watch(wanted, rows, log));
            for (LiveSession session : live) {
                if (session.key.account().equals(account)) {
                    look.apply(session).ifPresent(found -> changed.put(session.key, found));
                }
            }
        } finally {
            aggregates.unwatch(log);
        }
        log.held()
                .forEach((session, held) -> changed.compute(
                        session,
                        (key, found) ->
                                new LiveSession.Contributions(held, found == null ? current.apply(key) : found.now())));
        changed.values().forEach(this::replace);
        List<SessionAggregate> unwritten =
                changed.values().stream().flatMap(found -> found.now().stream()).toList();
        unbounded.forEach(group -> findBounds(group, unwritten));
        days.values().removeIf(AgentDay::isEmpty);
        return new AccountDays(days);
    }

    private void replace(LiveSession.Contributions contributions) {
        Optional<DayContribution> now = contributions.now().map(DayContribution::of);
        contributions
                .written()
                .ifPresent(contribution -> contribution.touchedDays().forEach(day -> {
                    DayKey key = new DayKey(account, day, contribution.agentId());
                    boolean hasLeft = now.filter(is -> DayAggregates.groupOf(is).equals(key))
                            .isEmpty();
                    if (wanted.contains(key) && at(key).subtract(contribution, day) && hasLeft) {
                        unbounded.add(key);
                    }
                }));
        now.ifPresent(contribution -> contribution.touchedDays().forEach(day -> {
            DayKey key = new DayKey(account, day, contribution.agentId());
            if (wanted.contains(key)) {
                at(key).add(contribution, day);
            }
        }));
    }

    private AgentDay at(DayKey key) {
        return days.computeIfAbsent(key, unknown -> new AgentDay());
    }

    private void findBounds(DayKey group, List<SessionAggregate> unwritten) {
        AgentDay day = at(group);
        day.forgetBounds();
        Bytes members = group.members();
        try (KeyValueIterator<Bytes, byte[]> all = rows.range(members, StoreKeys.endOf(members))) {
            while (all.hasNext()) {
                String id = DayKey.member(members, all.next().key).sessionId();
                current.apply(RecordKey.ofSession(account, id)).ifPresent(session -> reach(group, day, session));
            }
        }
        unwritten.forEach(session -> reach(group, day, session));
    }

    private static void reach(DayKey group, AgentDay day, SessionAggregate session) {
        DayContribution contribution = DayContribution.of(session);
        if (contribution.isSession() && DayAggregates.groupOf(contribution).equals(group)) {
            day.reach(contribution);
        }
    }
}
