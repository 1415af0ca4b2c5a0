/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.commands.AgentControls;
import dev.muster.streams.model.LatencySketch;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.read.SessionWalk.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds an account's sessions. The list of sessions is kept in the order of their last activity, so a page in that order
 * costs by its own size, and looks at a bounded number of sessions if few of them fit. For any other order
 * every session of the window is looked at for every page, some 11 µs each: 100,000 sessions take about 1.1 s.
 */
final class SessionSearch {

    private final Partitions partitions;
    private final AgentControls controls;
    private final InstantSource clock;
    private final int mostLookedAt;

    /**
     * Searches some partitions.
     *
     * @param mostLookedAt so many sessions, and those of a minute ahead, are looked at for a page in the list's own order
     */
    SessionSearch(Partitions partitions, AgentControls controls, InstantSource clock, int mostLookedAt) {
        this.partitions = partitions;
        this.controls = controls;
        this.clock = clock;
        this.mostLookedAt = mostLookedAt;
    }

    Page<SessionView> page(String account, SessionFilter filter, SessionSort sort, int limit, Optional<String> cursor) {
        SessionWish wish = new SessionWish(filter, controls, clock.millis());
        Optional<Cursor> after = Cursor.of(Cursor.ofSessions(sort), cursor);
        return sort == SessionSort.LAST_ACTIVITY
                ? latest(account, wish, limit, after)
                : most(account, wish, sort, limit, after);
    }

    private Page<SessionView> latest(String account, SessionWish wish, int limit, Optional<Cursor> after) {
        List<SessionView> found = new ArrayList<>();
        Optional<Cursor> decided = after;
        int looked = 0;
        try (SessionWalk walk = walk(account, after)) {
            Optional<Place> next = walk.next();
            while (next.isPresent() && next.get().lastActivity() >= wish.since()) {
                Place place = next.get();
                if (after.map(place::isBehind).orElse(true)) {
                    Optional<SessionFigures> fitting = walk.figures(place).filter(wish::fits);
                    if (looked++ == mostLookedAt || (found.size() == limit && fitting.isPresent())) {
                        return new Page<>(found, decided.map(Cursor::encoded));
                    }
                    fitting.ifPresent(session -> found.add(view(session, wish)));
                    decided = Optional.of(cursor(SessionSort.LAST_ACTIVITY, place.lastActivity(), place.sessionId()));
                }
                next = walk.next();
            }
        }
        return new Page<>(found, Optional.empty());
    }

    private SessionWalk walk(String account, Optional<Cursor> after) {
        return new SessionWalk(partitions, account, after.map(Cursor::number).orElse(Long.MAX_VALUE));
    }

    private static SessionView view(SessionFigures session, SessionWish wish) {
        return Views.session(session, wish.agent(session), wish.now());
    }

    /** A session and what it is ordered by. */
    private record Ranked(long value, SessionFigures session) {

        static final Comparator<Ranked> ORDER = Comparator.comparingLong(Ranked::value)
                .reversed()
                .thenComparing(ranked -> ranked.session().id());

        boolean isBehind(Cursor cursor) {
            return value < cursor.number()
                    || (value == cursor.number() && session.id().compareTo(cursor.text()) > 0);
        }
    }

    private Page<SessionView> most(
            String account, SessionWish wish, SessionSort sort, int limit, Optional<Cursor> after) {
        PriorityQueue<Ranked> best = new PriorityQueue<>(Ranked.ORDER.reversed());
        try (SessionWalk walk = walk(account, Optional.empty())) {
            Optional<Place> next = walk.next();
            while (next.isPresent() && next.get().lastActivity() >= wish.since()) {
                walk.figures(next.get())
                        .filter(wish::fits)
                        .map(session -> new Ranked(value(session, sort), session))
                        .filter(ranked -> after.map(ranked::isBehind).orElse(true))
                        .ifPresent(best::add);
                if (best.size() > limit + 1) {
                    best.remove();
                }
                next = walk.next();
            }
        }
        return ranked(best, wish, sort, limit);
    }

    private static Page<SessionView> ranked(PriorityQueue<Ranked> best, SessionWish wish, SessionSort sort, int limit) {
        List<Ranked> found = best.stream().sorted(Ranked.ORDER).toList();
        Optional<String> next = Optional.empty();
        if (found.size() > limit) {
            found = found.subList(0, limit);
            Ranked last = found.get(limit - 1);
            next = Optional.of(cursor(sort, last.value, last.session.id()).encoded());
        }
        return new Page<>(
                found.stream().map(ranked -> view(ranked.session, wish)).toList(), next);
    }

    private static Cursor cursor(SessionSort sort, long value, String sessionId) {
        return new Cursor(Cursor.ofSessions(sort), value, sessionId);
    }

    private static long value(SessionFigures session, SessionSort sort) {
        return switch (sort) {
            case LAST_ACTIVITY -> session.last();
            case START -> session.first();
            case COST -> Views.spend(session).picoUsd();
            case TOKENS -> Views.spend(session).tokens().total();
            case DURATION -> session.last() - session.first();
            case ERRORS -> session.errors();
            case P95 -> p95(session.figures().latencyAll());
        };
    }

    static long p95(LatencySketch durations) {
        return durations.count() == 0 ? -1 : durations.percentile(95);
    }
}
