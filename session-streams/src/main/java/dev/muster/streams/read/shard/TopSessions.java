/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The first sessions of a list behind a position, whatever order they are looked at in. A session that cannot be among them is
 * passed over before anything else is asked of it.
 */
final class TopSessions {

    private final ToLongFunction<SessionSummary> value;
    private final Predicate<SessionSummary> wanted;
    private final Optional<Position> after;
    private final int limit;
    /** The last of them first. */
    private final PriorityQueue<Found> found =
            new PriorityQueue<>(Comparator.comparing(Found::position, ListOrder.DESCENDING.reversed()));

    private long lastValue = Long.MIN_VALUE;
    private String lastId = "";

    /**
     * A session that was found.
     *
     * @param position where it stands in the list
     * @param stores the partition that it is in
     */
    record Found(Position position, PartitionStores stores) {}

    /**
     * Nothing is found yet.
     *
     * @param value what the list is ordered by
     * @param wanted which sessions are
     * @param after sessions up to there are passed over
     * @param limit so many are wanted, 1 or more
     */
    TopSessions(
            ToLongFunction<SessionSummary> value,
            Predicate<SessionSummary> wanted,
            Optional<Position> after,
            int limit) {
        this.value = value;
        this.wanted = wanted;
        this.after = after;
        this.limit = limit;
    }

    /** Looks at a partition's sessions. */
    void look(PartitionSessions sessions) {
        sessions.forEach(session -> look(session, sessions.stores()));
    }

    private void look(SessionSummary session, PartitionStores stores) {
        long its = value.applyAsLong(session);
        if (isBehindPosition(session, its) && isBeforeLast(session, its) && wanted.test(session)) {
            found.add(new Found(new Position(its, session.id()), stores));
            // One more than a page has tells that there are more.
            if (found.size() > limit + 1) {
                found.remove();
            }
            if (found.size() == limit + 1) {
                Position last = found.element().position();
                lastValue = last.value();
                lastId = last.id();
            }
        }
    }

    private boolean isBehindPosition(SessionSummary session, long its) {
        if (after.isEmpty() || its != after.get().value()) {
            return after.isEmpty() || its < after.get().value();
        }
        return session.compareIdTo(after.get().id()) > 0;
    }

    private boolean isBeforeLast(SessionSummary session, long its) {
        if (found.size() <= limit || its != lastValue) {
            return found.size() <= limit || its > lastValue;
        }
        return session.compareIdTo(lastId) < 0;
    }

    /** The first of them, in order: a page. */
    List<Found> first() {
        List<Found> first = new ArrayList<>(found);
        first.sort(Comparator.comparing(Found::position, ListOrder.DESCENDING));
        return first.subList(0, Math.min(limit, first.size()));
    }

    /** The last one's position, if there are more behind it. */
    Optional<Position> end() {
        List<Found> first = first();
        return found.size() > limit ? Optional.of(first.get(limit - 1).position()) : Optional.empty();
    }
}
