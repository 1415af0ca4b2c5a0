/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.schemas.commands.AgentControl;
import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.AgentDay.Latest;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionShare;
import dev.muster.streams.store.DayKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds an account's day groups. All days are read for a page, whatever the order: a group's place depends on its sums. Where
 * groups are made of the sessions that fit a filter, the sessions are looked at, the latest {@value #MOST_LOOKED_AT} of the
 * window at most.
 */
final class DayGroupReads {

    /** So many sessions are looked at for groups of sessions that fit a filter, some 15 µs each. */
    static final int MOST_LOOKED_AT = 50_000;

    private final Partitions partitions;
    private final AgentControls controls;
    private final InstantSource clock;
    private final DayReads days;

    DayGroupReads(Partitions partitions, AgentControls controls, InstantSource clock) {
        this.partitions = partitions;
        this.controls = controls;
        this.clock = clock;
        days = new DayReads(partitions);
    }

    /** A group and what it is ordered by. */
    private record Ranked(long value, DayKey key, AgentDay group) {

        static final Comparator<Ranked> ORDER =
                Comparator.comparingLong(Ranked::value).reversed().thenComparing(Ranked::id);

        /** Tells groups of one value apart. */
        String id() {
            return LocalDate.ofEpochDay(key.day()) + "/" + key.agentId();
        }

        boolean isBehind(Cursor cursor) {
            return value < cursor.number() || (value == cursor.number() && id().compareTo(cursor.text()) > 0);
        }
    }

    Page<DayGroupView> page(
            String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.ofDayGroups(sort), cursor);
        long since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        PriorityQueue<Ranked> most = new PriorityQueue<>(Ranked.ORDER.reversed());
        days(account, filter).forEach((key, group) -> {
            if (isThere(group) && latest(group).lastActivity() >= since) {
                Ranked ranked = new Ranked(value(group, sort), key, group);
                if (after.map(ranked::isBehind).orElse(true)) {
                    most.add(ranked);
                }
                if (most.size() > limit + 1) {
                    most.remove();
                }
            }
        });
        List<Ranked> best = most.stream().sorted(Ranked.ORDER).toList();
        Optional<String> next = Optional.empty();
        if (best.size() > limit) {
            best = best.subList(0, limit);
            Ranked last = best.get(limit - 1);
            next = Optional.of(new Cursor(Cursor.ofDayGroups(sort), last.value, last.id()).encoded());
        }
        return new Page<>(
                best.stream().map(ranked -> view(ranked.key, ranked.group)).toList(), next);
    }

    private static boolean isOfSessions(SessionFilter filter) {
        return filter.status().isPresent()
                || filter.model().isPresent()
                || filter.tool().isPresent()
                || filter.text().isPresent();
    }

    private PackedDays days(String account, SessionFilter filter) {
        return isOfSessions(filter)
                ? fitting(account, filter)
                : days.days(
                                account,
                                key -> filter.agentId()
                                                .map(key.agentId()::equals)
                                                .orElse(true)
                                        && !agent(account, key.agentId()).isDeleted())
                        .days();
    }

    private PackedDays fitting(String account, SessionFilter filter) {
        PackedDays groups = new PackedDays();
        SessionWish wish = new SessionWish(filter, controls, clock.millis());
        try (SessionWalk walk = new SessionWalk(partitions, account, Long.MAX_VALUE)) {
            Optional<SessionWalk.Place> next = walk.next();
            for (int looked = 0;
                    looked < MOST_LOOKED_AT && next.isPresent() && next.get().lastActivity() >= wish.since();
                    looked++) {
                walk.figures(next.get())
                        .filter(wish::fits)
                        .filter(SessionFigures::isShared)
                        .ifPresent(session -> group(session, groups));
                next = walk.next();
            }
        }
        return groups;
    }

    private static void group(SessionFigures session, PackedDays groups) {
        SessionShare share = SessionShare.of(session);
        AgentDay group = new AgentDay();
        group.add(share, share.startDay());
        groups.add(new DayKey(share.account(), share.startDay(), share.agentId()), group);
    }

    private static long value(AgentDay day, SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> latest(day).lastActivity();
            case START -> day.start();
            case COST -> day.group().spend(false).picoUsd();
            case TOKENS -> day.group().spend(false).tokens().total();
            case DURATION -> day.durationMs();
            case ERRORS -> day.errors();
            case P95 -> SessionSearch.p95(day.group().latencyAll());
        };
    }

    /** Whether there is anybody in a group; the last may have gone by retention while it was looked at. */
    private static boolean isThere(AgentDay day) {
        return day.sessions() > 0 && day.latest() != null;
    }

    private static Latest latest(AgentDay day) {
        return Objects.requireNonNull(day.latest(), "a group with sessions has a latest one");
    }

    private AgentControl agent(String account, String agentId) {
        return controls.of(account, agentId);
    }

    Optional<DayGroupView> group(String account, String agentId, LocalDate day) {
        DayKey wanted = new DayKey(account, day.toEpochDay(), agentId);
        if (agent(account, agentId).isDeleted()) {
            return Optional.empty();
        }
        return days.days(account, wanted::equals)
                .days()
                .get(wanted)
                .filter(DayGroupReads::isThere)
                .map(group -> view(wanted, group));
    }

    private DayGroupView view(DayKey key, AgentDay day) {
        Latest latest = latest(day);
        AgentControl agent = agent(key.account(), key.agentId());
        Optional<SessionFigures> session = session(key.account(), latest.sessionId());
        long now = clock.millis();
        return new DayGroupView(
                key.agentId(),
                agent.name().or(() -> session.map(SessionFigures::label)).orElse(key.agentId()),
                LocalDate.ofEpochDay(key.day()),
                StatusRule.of(agent.isPaused(), day.errored() > 0, latest.lastActivity(), now),
                day.sessions(),
                day.errored(),
                latest.sessionId(),
                session.flatMap(it -> Optional.ofNullable(it.title())),
                Instant.ofEpochMilli(day.start()),
                Instant.ofEpochMilli(latest.lastActivity()),
                Duration.ofMillis(day.durationMs()),
                Duration.ofMillis(day.activeMs()),
                day.traces(),
                Views.figures(day.group(), day.errors(), false, now));
    }

    private Optional<SessionFigures> session(String account, String sessionId) {
        RecordKey key = RecordKey.ofSession(account, sessionId);
        return SessionSnapshot.of(partitions.of(key), key).map(SessionSnapshot::figures);
    }

    /** The sessions of a group, the latest begun first. */
    Page<SessionView> sessions(String account, String agentId, LocalDate day, int limit, Optional<String> cursor) {
        Optional<Cursor> after = Cursor.of(Cursor.DAY_SESSIONS, cursor);
        AgentControl agent = agent(account, agentId);
        if (agent.isDeleted()) {
            return new Page<>(List.of(), Optional.empty());
        }
        DaySessions found = new DaySessions(new DayKey(account, day.toEpochDay(), agentId), after, limit + 1);
        for (int partition = 0; partition < partitions.count(); partition++) {
            found.collect(partitions.at(partition));
        }
        List<SessionFigures> sessions = found.inOrder();
        Optional<String> next = Optional.empty();
        if (sessions.size() > limit) {
            sessions = sessions.subList(0, limit);
            SessionFigures last = sessions.get(limit - 1);
            next = Optional.of(new Cursor(Cursor.DAY_SESSIONS, last.first(), last.id()).encoded());
        }
        long now = clock.millis();
        return new Page<>(
                sessions.stream()
                        .map(session -> Views.session(session, agent, now))
                        .toList(),
                next);
    }
}
