/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.StatusRule;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.page.TopRows;
import dev.muster.streams.read.shard.AgentDate;
import dev.muster.streams.read.shard.DayQuery;
import dev.muster.streams.read.shard.DaySessionsQuery;
import dev.muster.streams.read.shard.PackedDays;
import dev.muster.streams.read.shard.SessionDaysQuery;
import dev.muster.streams.read.shard.SessionHit;
import dev.muster.streams.read.shard.SortValues;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds an account's day groups in all shards. All days are read for a page, whatever the order: a group's place depends on
 * its sums. Where groups are made of the sessions that fit a filter, the sessions are looked at, a bounded number of the latest.
 */
final class DayGroupReads {

    private final Shards shards;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int sessionBudget;

    /** Reads day groups; so many sessions of each shard are looked at for groups of those that fit a filter. */
    DayGroupReads(Shards shards, AgentControls controls, InstantSource clock, int sessionBudget) {
        this.shards = shards;
        this.controls = controls;
        this.clock = clock;
        this.sessionBudget = sessionBudget;
    }

    /** A group with sessions, the latest of which is told apart. */
    private record Group(Position position, AgentDate date, AgentDay sums, AgentDay.Latest latest)
            implements Positioned {}

    Page<DayGroupView> page(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        long now = clock.millis();
        long since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        PageToken token = PageToken.ofDayGroups(sort);
        TopRows<Group> top = new TopRows<>(ListOrder.DESCENDING, token.decode(cursor), limit);
        days(account, filter, now)
                .forEach((date, sums) -> group(date, sums, sort)
                        .filter(group -> group.latest.lastActivity() >= since)
                        .ifPresent(top::add));
        TopRows.Cut<Group> cut = top.cut();
        Map<String, SessionHit> sessions = latestSessions(account, cut.rows());
        return new Pager<Group, DayGroupView>(token, ListOrder.DESCENDING, group -> view(account, group, sessions, now))
                .page(cut);
    }

    private PackedDays days(String account, SessionFilter filter, long now) {
        if (isOfSessions(filter)) {
            SessionDaysQuery query = new SessionDaysQuery(account, filter, now, sessionBudget);
            return shards.days(shard -> shard.daysOfSessions(query)).days();
        }
        return days(new DayQuery(
                account, filter.agentId(), Optional.empty(), Optional.empty(), false, Set.of(DayQuery.Part.DAYS)));
    }

    private static boolean isOfSessions(SessionFilter filter) {
        return filter.status().isPresent()
                || filter.model().isPresent()
                || filter.tool().isPresent()
                || filter.text().isPresent();
    }

    private PackedDays days(DayQuery query) {
        return shards.days(shard -> shard.days(query)).days();
    }

    /** A group; empty if nobody is in it: the last may have gone by retention while it was looked at. */
    private static Optional<Group> group(AgentDate date, AgentDay sums, SessionSort sort) {
        AgentDay.Latest latest = sums.latest();
        if (sums.sessions() == 0 || latest == null) {
            return Optional.empty();
        }
        String id = LocalDate.ofEpochDay(date.day()) + "/" + date.agentId();
        return Optional.of(new Group(new Position(SortValues.of(sums, latest, sort), id), date, sums, latest));
    }

    private Map<String, SessionHit> latestSessions(String account, List<Group> groups) {
        return shards.sessionsById(
                account, groups.stream().map(group -> group.latest.sessionId()).toList());
    }

    Optional<DayGroupView> group(String account, String agentId, LocalDate day) {
        AgentDate date = new AgentDate(agentId, day.toEpochDay());
        DayQuery query = new DayQuery(
                account, Optional.of(agentId), Optional.of(day), Optional.of(day), false, Set.of(DayQuery.Part.DAYS));
        return days(query)
                .get(date)
                .flatMap(sums -> group(date, sums, SessionSort.LAST_ACTIVITY))
                .map(group -> view(account, group, latestSessions(account, List.of(group)), clock.millis()));
    }

    private DayGroupView view(String account, Group group, Map<String, SessionHit> sessions, long now) {
        String agentId = group.date.agentId();
        AgentControl agent = controls.of(account, agentId);
        AgentDay sums = group.sums;
        Optional<SessionAggregate> session =
                Optional.ofNullable(sessions.get(group.latest.sessionId())).map(SessionHit::session);
        return new DayGroupView(
                agentId,
                agent.name().or(() -> session.map(SessionAggregate::label)).orElse(agentId),
                LocalDate.ofEpochDay(group.date.day()),
                StatusRule.of(agent.isPaused(), sums.errored() > 0, group.latest.lastActivity(), now),
                sums.sessions(),
                sums.errored(),
                group.latest.sessionId(),
                session.flatMap(it -> Optional.ofNullable(it.title())),
                Instant.ofEpochMilli(sums.start()),
                Instant.ofEpochMilli(group.latest.lastActivity()),
                Duration.ofMillis(sums.durationMs()),
                Duration.ofMillis(sums.activeMs()),
                sums.traces(),
                ViewMapper.figures(sums.group(), sums.errors(), false, now));
    }

    /** The sessions of a group, the latest begun first. */
    Page<SessionView> sessions(String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        DaySessionsQuery query = new DaySessionsQuery(
                account, new AgentDate(agentId, day.toEpochDay()), PageToken.DAY_SESSIONS.decode(cursor), limit);
        return new Pager<>(PageToken.DAY_SESSIONS, ListOrder.DESCENDING, SessionSearch.viewer(controls, clock.millis()))
                .page(shards.slices(shard -> shard.daySessions(query)), limit);
    }
}
