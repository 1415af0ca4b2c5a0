/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import dev.muster.schemas.avro.HookEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A part of a fleet at work: sends what its sessions go on to do, so many events a second, until it is ended. */
public final class LiveFleet implements AutoCloseable {

    private static final long SEED = 20_261_201;
    /** As many sessions are at work as have an event in two seconds. */
    private static final int SESSIONS_A_RATE = 2;

    private final String bootstrap;
    private final int rate;
    private final InstantSource clock;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<SessionScript> sessions;
    private final CompletableFuture<Sent> all;
    private volatile boolean ended;

    /**
     * What was sent.
     *
     * @param events how many events, each a fact of its own
     * @param perSecond the rate reached
     */
    public record Sent(long events, double perSecond) {}

    private LiveFleet(String bootstrap, FleetScript script, int rate, InstantSource clock) {
        this.bootstrap = bootstrap;
        this.rate = rate;
        this.clock = clock;
        long now = clock.millis();
        sessions = script.goingOn(SESSIONS_A_RATE * rate)
                .map(plan -> new SessionScript(plan, script.agent(plan), now, random.split()))
                .toList();
        all = CompletableFuture.supplyAsync(this::send, sending -> {
            Thread thread = new Thread(sending, "live-fleet");
            thread.setDaemon(true);
            thread.start();
        });
    }

    /**
     * Begins to send.
     *
     * @param rate events a second, over twice as many sessions at most
     * @param clock the fleet's, which the events' times are by
     */
    public static LiveFleet start(String bootstrap, FleetScript script, int rate, InstantSource clock) {
        return new LiveFleet(bootstrap, script, rate, clock);
    }

    private Sent send() {
        Pace pace = new Pace(rate);
        long sent = 0;
        try (EventSender sender = new EventSender(bootstrap)) {
            while (!ended) {
                pace.await(sent);
                HookEvent event = sessions.get(random.nextInt(sessions.size())).next();
                long now = clock.millis();
                event.setTimestamp(now);
                event.setReceivedAt(now);
                sender.send(event);
                sent++;
            }
        }
        return new Sent(sent, sent / pace.seconds());
    }

    /**
     * Ends it, and returns when the broker has acknowledged everything.
     *
     * @throws IllegalStateException if the broker has refused a record
     */
    public Sent end() {
        ended = true;
        try {
            return all.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the fleet could not go on", e.getCause());
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}
