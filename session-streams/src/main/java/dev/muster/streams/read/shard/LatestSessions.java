/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.read.page.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * An account's sessions that are wanted, the latest by their last activity or another time first, each once: some at a time, for who
 * asks rarely wants them all. A session whose time moves in between comes a little later, and never not at all.
 */
final class LatestSessions {

    private static final int FIRST_BATCH = 64;
    private static final int LARGEST_BATCH = 4096;
    /** Where every row has to be read, they are read once. */
    private static final int EVERYBODY = Integer.MAX_VALUE - 1;

    private final List<PartitionSessions> partitions;
    private final String account;
    private final ToLongFunction<SessionSummary> order;
    private final Predicate<SessionSummary> wanted;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Latest> ahead = new ArrayDeque<>();
    /** Nobody that is to come has a later time. */
    private long bound = Long.MAX_VALUE;

    private int batch;
    private boolean isAtEnd;

    /**
     * A session.
     *
     * @param time the one that it is ordered by, or where the order has come if that is earlier, epoch milliseconds
     */
    record Latest(long time, String sessionId, PartitionStores stores) {}

    /**
     * Begins with the latest.
     *
     * @param order the time that they are ordered by, which may only grow
     * @param wanted which sessions are
     */
    LatestSessions(
            List<PartitionSessions> partitions,
            String account,
            ToLongFunction<SessionSummary> order,
            Predicate<SessionSummary> wanted) {
        this.partitions = partitions;
        this.account = account;
        this.order = order;
        this.wanted = wanted;
        batch = PartitionSessions.areIndexed(partitions) ? FIRST_BATCH : EVERYBODY;
    }

    /** The next session; empty at the end. */
    Optional<Latest> next() {
        if (ahead.isEmpty() && !isAtEnd) {
            read();
        }
        return Optional.ofNullable(ahead.poll());
    }

    private void read() {
        // Whoever has moved since the last look stands where this order has come.
        TopSessions top = new TopSessions(
                session -> Math.min(order.applyAsLong(session), bound),
                session -> wanted.test(session) && !seen.contains(session.id()),
                Optional.empty(),
                batch);
        partitions.forEach(top::look);
        for (TopSessions.Found found : top.first()) {
            Position position = found.position();
            seen.add(position.id());
            ahead.add(new Latest(position.value(), position.id(), found.stores()));
            bound = position.value();
        }
        isAtEnd = top.end().isEmpty();
        batch = batch >= LARGEST_BATCH ? batch : 4 * batch;
    }

    /** A session as it stands; empty when it is gone. */
    Optional<SessionSnapshot> snapshot(Latest session) {
        return SessionSnapshot.of(session.stores(), RecordKey.ofSession(account, session.sessionId()));
    }
}
