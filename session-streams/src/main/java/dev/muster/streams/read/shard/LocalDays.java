/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.store.AccountDays;
import dev.muster.streams.store.DayKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds day groups in the partitions hosted here. What they are ordered by is summed up over the sessions; then those that are on
 * a page are read whole: from the days' rows, live sessions included, or summed up over the rows of the sessions that fit.
 */
final class LocalDays {

    private final AgentControls controls;

    LocalDays(AgentControls controls) {
        this.controls = controls;
    }

    GroupSums groups(List<PartitionStores> hosted, GroupQuery query) {
        GroupSums sums = new GroupSums(query.sort());
        SessionMatcher matcher = new SessionMatcher(query.account(), query.filter(), controls, query.now());
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            sums.begin(sessions);
            sessions.forEach(session -> {
                if (isInGroup(session) && matcher.fits(session)) {
                    sums.add(session);
                }
            });
        }
        sums.cover(Coverage.of(hosted));
        return sums;
    }

    private static boolean isInGroup(SessionSummary session) {
        return !session.isOfAgent() && session.startDay() != SessionSummary.NO_DAY;
    }

    AgentDays days(List<PartitionStores> hosted, DayQuery query) {
        PackedDays days = new PackedDays();
        Set<DayKey> wanted = query.dates().stream()
                .map(date -> new DayKey(query.account(), date.day(), date.agentId()))
                .collect(Collectors.toSet());
        Set<String> agents = query.dates().stream().map(AgentDate::agentId).collect(Collectors.toSet());
        for (PartitionStores stores : hosted) {
            read(stores, query.account(), wanted, agents::contains)
                    .days()
                    .forEach((key, day) -> days.add(new AgentDate(key.agentId(), key.day()), day));
        }
        return new AgentDays(days, Coverage.of(hosted));
    }

    private static AccountDays read(
            PartitionStores stores, String account, Set<DayKey> wanted, Predicate<String> agents) {
        return stores.live()
                .map(live -> live.days(account, wanted, agents, stores.days(), stores.sessions()))
                .orElseGet(() -> AccountDays.ofRows(wanted, stores.days()));
    }

    AgentDays daysOfSessions(List<PartitionStores> hosted, SessionDaysQuery query) {
        PackedDays days = new PackedDays();
        SessionMatcher matcher = new SessionMatcher(query.account(), query.filter(), controls, query.now());
        Set<String> agents = query.dates().stream().map(AgentDate::agentId).collect(Collectors.toSet());
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            List<String> fitting = new ArrayList<>();
            sessions.forEach(session -> {
                if (isInGroup(session)
                        && agents.contains(session.agentId())
                        && query.dates().contains(new AgentDate(session.agentId(), session.startDay()))
                        && matcher.fits(session)) {
                    fitting.add(session.id());
                }
            });
            for (String id : fitting) {
                SessionSnapshot.figures(sessions.stores(), RecordKey.ofSession(query.account(), id))
                        .filter(SessionAggregate::isShared)
                        .filter(matcher::fits)
                        .ifPresent(session -> addTo(days, DayContribution.of(session), query.dates()));
            }
        }
        return new AgentDays(days, Coverage.of(hosted));
    }

    private static void addTo(PackedDays groups, DayContribution share, Set<AgentDate> wanted) {
        AgentDate date = new AgentDate(share.agentId(), share.startDay());
        if (wanted.contains(date)) {
            AgentDay group = new AgentDay();
            group.add(share, share.startDay());
            groups.add(date, group);
        }
    }

    SpendSums spend(List<PartitionStores> hosted, SpendQuery query) {
        SpendSums sums = new SpendSums();
        Optional<String> agent = query.agentId();
        long from = query.from().map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE);
        // A day begins at most a day before it does in UTC.
        long earliest = query.from()
                .map(day -> TimeUnit.DAYS.toMillis(day.toEpochDay() - 1))
                .orElse(Long.MIN_VALUE);
        Set<String> deleted = controls.deleted(query.account());
        for (PartitionSessions sessions : LocalSessions.sessions(hosted, query.account())) {
            sums.begin(sessions);
            sessions.forEach(session -> {
                if (session.startDay() != SessionSummary.NO_DAY
                        && session.last() >= earliest
                        && (agent.isEmpty() || agent.get().equals(session.agentId()))
                        && query.at().fit(session)
                        && (deleted.isEmpty() || !deleted.contains(session.agentId()))) {
                    sums.add(session, from);
                }
            });
        }
        sums.cover(Coverage.of(hosted));
        return sums;
    }
}
