/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.standalone.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What the whole fleet does, one post after the other by time, without end. It begins an hour in the past, so that
 * there are finished sessions to see; those are told with times of their own, and so are the bots'. A coding agent's
 * session of the present is told by hooks.
 */
final class Fleet {

    static final Duration PAST = Duration.ofHours(1);

    /** An agent in the middle of a session. */
    private record Worker(Session session, int next) {

        Session.Moment moment() {
            return session.moments().get(next);
        }
    }

    private final Instant present;
    private final Screenplay screenplay;
    private final PriorityQueue<Worker> workers =
            new PriorityQueue<>(Comparator.comparing(worker -> worker.moment().at()));
    private Worker last;

    /**
     * A fleet of which the same seed makes the same.
     *
     * @param present where the past ends
     */
    Fleet(Instant present, long seed) {
        this.present = present;
        this.screenplay = new Screenplay(new Random(seed));
        for (Agent agent : Agent.FLEET) {
            begin(agent, present.minus(PAST));
        }
        last = workers.element();
    }

    /** The next post by time. */
    Post next() {
        Worker worker = workers.remove();
        last = worker;
        Session session = worker.session();
        Session.Moment moment = worker.moment();
        if (worker.next() + 1 < session.moments().size()) {
            workers.add(new Worker(session, worker.next() + 1));
        } else {
            begin(session.agent(), session.end());
        }
        boolean byHooks = session.agent().trade() == Agent.Trade.CODING
                && !session.start().isBefore(present);
        return byHooks ? HookBodies.of(session, moment) : EventBodies.of(session, moment);
    }

    /** The agent of the last post was told to stop: its session ends there, and it tries another after its usual pause. */
    void stopLast() {
        Agent agent = last.session().agent();
        workers.removeIf(worker -> worker.session().agent().equals(agent));
        begin(agent, last.moment().at());
    }

    private void begin(Agent agent, Instant before) {
        Instant start = before.plus(screenplay.pause(agent));
        workers.add(new Worker(screenplay.session(agent, start), 0));
    }
}
