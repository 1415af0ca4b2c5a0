/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.model.TraceAggregate;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.shard.LatestSessions.Latest;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Scans the traces of an account's sessions, the latest begun first. A session's turn comes with the time after which
 * none of its traces began; from then on its latest trace that was not shown waits beside those of the other sessions.
 */
final class TraceScan {

    private static final int FIRST_BATCH = 4;
    private static final int LARGEST_BATCH = 64;

    private final LatestSessions sessions;
    private final Predicate<SessionAggregate> wanted;
    private final Optional<Position> after;
    private final PriorityQueue<Opened> opened =
            new PriorityQueue<>(Comparator.comparing(session -> session.first().position(), ListOrder.TRACES));
    private Optional<Latest> following;

    /** A session whose turn has come, and its next traces: at least one. */
    private static final class Opened {

        final SessionSnapshot session;
        private final Deque<TraceAggregate> traces = new ArrayDeque<>();
        private int batch = FIRST_BATCH;

        Opened(SessionSnapshot session) {
            this.session = session;
        }

        TraceHit first() {
            return TraceHit.inOrderOfStart(session.figures(), traces.element());
        }

        boolean read(long start, Optional<String> before) {
            traces.addAll(session.traces().latest(start, before, batch));
            batch = Math.min(2 * batch, LARGEST_BATCH);
            return !traces.isEmpty();
        }

        /** Goes to the next trace; says whether there is one. */
        boolean advance() {
            TraceAggregate last = traces.remove();
            return !traces.isEmpty() || read(last.start(), Optional.of(last.id()));
        }
    }

    /**
     * Begins a scan.
     *
     * @param wanted the sessions that matter
     * @param after traces up to there are passed over
     */
    TraceScan(LatestSessions sessions, Predicate<SessionAggregate> wanted, Optional<Position> after) {
        this.sessions = sessions;
        this.wanted = wanted;
        this.after = after;
        following = sessions.next();
    }

    /** The next trace; empty when there is none. */
    Optional<TraceHit> next() {
        while (following.isPresent() && isDue(following.get())) {
            open(following.get());
            following = sessions.next();
        }
        Opened head = opened.poll();
        if (head == null) {
            return Optional.empty();
        }
        TraceHit found = head.first();
        if (head.advance()) {
            opened.add(head);
        }
        return Optional.of(found);
    }

    private boolean isDue(Latest session) {
        Opened head = opened.peek();
        return head == null || session.time() >= head.first().trace().start();
    }

    private void open(Latest next) {
        sessions.snapshot(next)
                .filter(session -> matters(session.figures()))
                .map(Opened::new)
                // What began after the scan did would come too late.
                .filter(session -> session.read(Math.min(latestStart(), next.time()), Optional.empty()))
                .ifPresent(this::addFrom);
    }

    private long latestStart() {
        return after.map(Position::value).orElse(Long.MAX_VALUE);
    }

    private boolean matters(SessionAggregate session) {
        return session.traces() > 0 && session.first() <= latestStart() && wanted.test(session);
    }

    /** Of a session's traces that began just when the page before ended, some may have been on it. */
    private void addFrom(Opened session) {
        boolean any = true;
        while (any && !ListOrder.TRACES.isAfter(session.first().position(), after)) {
            any = session.advance();
        }
        if (any) {
            opened.add(session);
        }
    }
}
