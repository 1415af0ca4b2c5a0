/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.AgentNames;
import dev.muster.streams.read.DayGroupView;
import dev.muster.streams.read.Page;
import dev.muster.streams.read.SessionFilter;
import dev.muster.streams.read.SessionSort;
import dev.muster.streams.read.SessionView;
import dev.muster.streams.read.StatusRule;
import dev.muster.streams.read.ViewMapper;
import dev.muster.streams.read.gather.TopGroups.Ranked;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.PageToken;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.shard.AgentDate;
import dev.muster.streams.read.shard.DayQuery;
import dev.muster.streams.read.shard.DaySessionsQuery;
import dev.muster.streams.read.shard.GroupQuery;
import dev.muster.streams.read.shard.GroupSums;
import dev.muster.streams.read.shard.PackedDays;
import dev.muster.streams.read.shard.SessionDaysQuery;
import dev.muster.streams.read.shard.SessionHit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds an account's day groups in all shards: what all of them are ordered by first, and then the sums of those that a page shows.
 */
final class DayGroupReads {

    private final Shards shards;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int candidates;

    /** Reads day groups; by a percentile, so many at a time as candidates. */
    DayGroupReads(Shards shards, AgentControls controls, InstantSource clock, int candidates) {
        this.shards = shards;
        this.controls = controls;
        this.clock = clock;
        this.candidates = candidates;
    }

    /** A group with sessions, the latest of which is told apart. */
    private record Group(Position position, AgentDate date, AgentDay sums, AgentDay.Latest latest)
            implements Positioned {}

    Page<DayGroupView> page(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        long now = clock.millis();
        PageToken token = PageToken.ofDayGroups(sort);
        Optional<Ranked> after =
                token.decode(cursor).map(position -> Ranked.of(position).orElseThrow(PageToken::foreign));
        Asked asked = new Asked(account, filter, now);
        GroupSums sums = shards.groups(shard -> shard.groups(new GroupQuery(account, asked.ofSums(), sort, now)));
        TopGroups top = new TopGroups(after, limit);
        if (sort == SessionSort.P95) {
            rankByPercentile(asked, sums, top, after, limit);
        } else {
            sums.forEach((agentId, day, least, most, last) -> {
                if (last >= asked.groupsSince()) {
                    top.look(most, agentId, day);
                }
            });
        }
        List<Ranked> page = top.page();
        PackedDays days = asked.days(page);
        List<Group> groups = page.stream()
                .flatMap(ranked ->
                        days.get(ranked.date()).flatMap(day -> group(ranked.position(), ranked.date(), day)).stream())
                .toList();
        Map<String, SessionHit> sessions = latestSessions(account, groups);
        AgentNames names = new KnownAgentNames(shards);
        return new Page<>(
                groups.stream()
                        .map(group -> view(account, group, sessions, names, now))
                        .toList(),
                top.hasMore()
                        ? Optional.of(token.encode(page.get(page.size() - 1).position()))
                        : Optional.empty());
    }

    /** What was asked for, at a moment. */
    private final class Asked {

        private final String account;
        private final SessionFilter filter;
        private final long now;

        Asked(String account, SessionFilter filter, long now) {
            this.account = account;
            this.filter = filter;
            this.now = now;
        }

        private boolean isOfSessions() {
            return filter.status().isPresent()
                    || filter.model().isPresent()
                    || filter.tool().isPresent()
                    || filter.text().isPresent()
                    || !filter.at().areAny();
        }

        /** Whole groups are asked for by their own latest event, and not by each session's. */
        SessionFilter ofSums() {
            return isOfSessions() ? filter : filter.since(Optional.empty());
        }

        long groupsSince() {
            return filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        }

        PackedDays days(Collection<Ranked> groups) {
            Set<AgentDate> dates = groups.stream().map(Ranked::date).collect(Collectors.toSet());
            return shards.days(shard -> isOfSessions()
                            ? shard.daysOfSessions(new SessionDaysQuery(account, filter, now, dates))
                            : shard.days(new DayQuery(account, dates)))
                    .days();
        }
    }

    /**
     * Finds the first groups by a percentile. It is no sum, but is no more than the most of a group's parts: so groups are read in
     * the order of that, until no other can come before those that were found.
     */
    private void rankByPercentile(Asked asked, GroupSums sums, TopGroups top, Optional<Ranked> after, int limit) {
        List<Ranked> uncertain = new ArrayList<>();
        sums.forEach((agentId, day, least, most, last) -> {
            boolean isBefore = after.isPresent() && least > after.get().value();
            if (last < asked.groupsSince() || isBefore) {
                return;
            }
            if (least == most) {
                top.look(most, agentId, day);
            } else {
                uncertain.add(new Ranked(most, new AgentDate(agentId, day)));
            }
        });
        uncertain.sort(TopGroups.ORDER);
        for (int from = 0; from < uncertain.size(); from += candidates) {
            List<Ranked> all = top.all();
            if (all.size() > limit && TopGroups.ORDER.compare(uncertain.get(from), all.get(all.size() - 1)) > 0) {
                return;
            }
            List<Ranked> next = uncertain.subList(from, Math.min(from + candidates, uncertain.size()));
            PackedDays days = asked.days(next);
            for (Ranked candidate : next) {
                AgentDate date = candidate.date();
                days.get(date)
                        .ifPresent(day -> top.look(day.group().latencyAll().p95OrNone(), date.agentId(), date.day()));
            }
        }
    }

    /** A group; empty if nobody is in it: the last may have gone by retention while it was looked at. */
    private static Optional<Group> group(Position position, AgentDate date, AgentDay sums) {
        AgentDay.Latest latest = sums.latest();
        return sums.sessions() == 0 || latest == null
                ? Optional.empty()
                : Optional.of(new Group(position, date, sums, latest));
    }

    private Map<String, SessionHit> latestSessions(String account, List<Group> groups) {
        return shards.sessionsById(
                account, groups.stream().map(group -> group.latest.sessionId()).toList());
    }

    Optional<DayGroupView> group(String account, String agentId, LocalDate day) {
        if (controls.of(account, agentId).isDeleted()) {
            return Optional.empty();
        }
        AgentDate date = new AgentDate(agentId, day.toEpochDay());
        return shards.days(shard -> shard.days(new DayQuery(account, Set.of(date))))
                .days()
                .get(date)
                .flatMap(sums -> group(new Position(0, agentId), date, sums))
                .map(group -> view(
                        account,
                        group,
                        latestSessions(account, List.of(group)),
                        new KnownAgentNames(shards),
                        clock.millis()));
    }

    private DayGroupView view(
            String account, Group group, Map<String, SessionHit> sessions, AgentNames names, long now) {
        String agentId = group.date.agentId();
        AgentControl agent = controls.of(account, agentId);
        AgentDay sums = group.sums;
        Optional<SessionAggregate> session =
                Optional.ofNullable(sessions.get(group.latest.sessionId())).map(SessionHit::session);
        return new DayGroupView(
                agentId,
                agent.name().or(() -> session.map(it -> names.of(it, agent))).orElse(agentId),
                LocalDate.ofEpochDay(group.date.day()),
                StatusRule.of(
                        agent.isPaused(),
                        sums.errored() > 0,
                        group.latest.lastActivity(),
                        session.map(it -> it.surroundings().activeUntil()).orElse(0L),
                        now),
                sums.sessions(),
                sums.errored(),
                group.latest.sessionId(),
                session.flatMap(it -> Optional.ofNullable(it.title())),
                Instant.ofEpochMilli(sums.start()),
                Instant.ofEpochMilli(group.latest.lastActivity()),
                Duration.ofMillis(sums.durationMs()),
                Duration.ofMillis(sums.activeMs()),
                sums.traces(),
                ViewMapper.sums(sums.group(), sums.errors(), now));
    }

    /** The sessions of a group, the latest begun first. */
    Page<SessionView> sessions(String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        DaySessionsQuery query = new DaySessionsQuery(
                account, new AgentDate(agentId, day.toEpochDay()), PageToken.DAY_SESSIONS.decode(cursor), limit);
        return new Pager<>(
                        PageToken.DAY_SESSIONS,
                        ListOrder.DESCENDING,
                        SessionSearch.viewer(controls, new KnownAgentNames(shards), clock.millis()))
                .page(shards.slices(shard -> shard.daySessions(query)), limit);
    }
}
