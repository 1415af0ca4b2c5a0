/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.gather;

import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.Positioned;
import dev.muster.streams.read.shard.AgentDate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The first day groups of a list behind a position: by what they are ordered by, the largest first, then by day and agent. There
 * are so many groups that those which cannot be among the first must not cost a text.
 */
final class TopGroups {

    /** The list's order. */
    static final Comparator<Ranked> ORDER = Comparator.comparingLong(Ranked::value)
            .reversed()
            .thenComparingLong(group -> group.date.day())
            .thenComparing(group -> group.date.agentId());

    private final Optional<Ranked> after;
    private final int limit;
    private final PriorityQueue<Ranked> first = new PriorityQueue<>(ORDER.reversed());

    /**
     * A group and its place.
     *
     * @param value what the list is ordered by
     */
    record Ranked(long value, AgentDate date) implements Positioned {

        /** The group of a position of the list; empty for one that no such list has given. */
        static Optional<Ranked> of(Position position) {
            int slash = position.id().indexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            try {
                long day = LocalDate.parse(position.id().substring(0, slash)).toEpochDay();
                return Optional.of(
                        new Ranked(position.value(), new AgentDate(position.id().substring(slash + 1), day)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        @Override
        public Position position() {
            return new Position(value, LocalDate.ofEpochDay(date.day()) + "/" + date.agentId());
        }
    }

    /**
     * None yet.
     *
     * @param after groups up to it are passed over
     * @param limit so many are wanted, 1 or more
     */
    TopGroups(Optional<Ranked> after, int limit) {
        this.after = after;
        this.limit = limit;
    }

    /** Looks at a group. */
    void look(long value, String agentId, long day) {
        if (after.isPresent() && compare(value, day, agentId, after.get()) <= 0) {
            return;
        }
        if (first.size() > limit && compare(value, day, agentId, first.element()) >= 0) {
            return;
        }
        first.add(new Ranked(value, new AgentDate(agentId, day)));
        // One more than a page has tells that there are more.
        if (first.size() > limit + 1) {
            first.remove();
        }
    }

    private static int compare(long value, long day, String agentId, Ranked other) {
        if (value != other.value) {
            return Long.compare(other.value, value);
        }
        return day != other.date.day() ? Long.compare(day, other.date.day()) : agentId.compareTo(other.date.agentId());
    }

    /** The first of them, in order: a page. */
    List<Ranked> page() {
        List<Ranked> all = all();
        return all.subList(0, Math.min(limit, all.size()));
    }

    /** The first of them, and the one behind the page if there is one. */
    List<Ranked> all() {
        List<Ranked> all = new ArrayList<>(first);
        all.sort(ORDER);
        return all;
    }

    /** Whether there are more than a page has. */
    boolean hasMore() {
        return first.size() > limit;
    }
}
