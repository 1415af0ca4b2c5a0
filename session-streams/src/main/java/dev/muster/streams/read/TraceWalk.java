/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.TraceFigures;
import dev.muster.streams.read.SessionWalk.Place;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * Walks the traces of an account's sessions, the latest begun first. A session's turn comes with its last event, before which
 * all of its traces began; from then on its latest trace that was not shown waits beside those of the other sessions.
 */
final class TraceWalk implements AutoCloseable {

    private static final int FIRST_BATCH = 4;
    private static final int LARGEST_BATCH = 64;

    private final SessionWalk sessions;
    private final Predicate<SessionFigures> wanted;
    private final TracePlace from;
    private final PriorityQueue<Opened> opened = new PriorityQueue<>(Comparator.comparing(
            session -> TracePlace.of(session.session.figures(), session.first()), TracePlace.ORDER));
    private Optional<Place> following;

    /** A trace and its session. */
    record Found(SessionFigures session, TraceFigures trace) {}

    /** A session whose turn has come, and its next traces: at least one. */
    private static final class Opened {

        final SessionSnapshot session;
        private final Deque<TraceFigures> traces = new ArrayDeque<>();
        private int batch = FIRST_BATCH;

        Opened(SessionSnapshot session) {
            this.session = session;
        }

        TraceFigures first() {
            return traces.element();
        }

        boolean read(long start, Optional<String> before) {
            traces.addAll(session.traces().latest(start, before, batch));
            batch = Math.min(2 * batch, LARGEST_BATCH);
            return !traces.isEmpty();
        }

        /** Goes to the next trace; says whether there is one. */
        boolean advance() {
            TraceFigures last = traces.remove();
            return !traces.isEmpty() || read(last.start(), Optional.of(last.id()));
        }
    }

    /**
     * Begins a walk.
     *
     * @param wanted the sessions that matter
     * @param from traces up to there are passed over
     */
    TraceWalk(SessionWalk sessions, Predicate<SessionFigures> wanted, TracePlace from) {
        this.sessions = sessions;
        this.wanted = wanted;
        this.from = from;
        following = sessions.next();
    }

    /** The next trace; empty when there is none. */
    Optional<Found> next() {
        while (following.isPresent() && isDue(following.get())) {
            open(following.get());
            following = sessions.next();
        }
        Opened head = opened.poll();
        if (head == null) {
            return Optional.empty();
        }
        Found found = new Found(head.session.figures(), head.first());
        if (head.advance()) {
            opened.add(head);
        }
        return Optional.of(found);
    }

    private boolean isDue(Place session) {
        Opened head = opened.peek();
        return head == null || session.lastActivity() >= head.first().start();
    }

    private void open(Place place) {
        if (place.stored().map(this::matters).orElse(true)) {
            sessions.snapshot(place)
                    .filter(session -> matters(session.figures()))
                    .map(Opened::new)
                    // What began after the walk did would come too late.
                    .filter(session -> session.read(Math.min(from.start(), place.lastActivity()), Optional.empty()))
                    .ifPresent(this::addFrom);
        }
    }

    private boolean matters(SessionFigures session) {
        return session.traces() > 0 && session.first() <= from.start() && wanted.test(session);
    }

    /** Of a session's traces that began just when the page before ended, some may have been on it. */
    private void addFrom(Opened session) {
        boolean any = true;
        while (any && TracePlace.ORDER.compare(TracePlace.of(session.session.figures(), session.first()), from) <= 0) {
            any = session.advance();
        }
        if (any) {
            opened.add(session);
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}
