/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A fleet's own clock: it stands still until the fleet goes on, and runs from then. Sessions are made to be at work, or
 * to have rested for some minutes, and loading and asking take minutes too.
 */
public final class FleetClock implements InstantSource {

    private final Instant rest;
    private final InstantSource clock;
    private volatile Optional<Instant> resumed = Optional.empty();

    /**
     * A clock that stands still.
     *
     * @param rest the time that it shows
     * @param clock the real one
     */
    public FleetClock(Instant rest, InstantSource clock) {
        this.rest = rest;
        this.clock = clock;
    }

    /**
     * Lets it run.
     *
     * @param since the real time from which it does
     */
    public void resume(Instant since) {
        resumed = Optional.of(since);
    }

    @Override
    public Instant instant() {
        return resumed.map(since -> rest.plus(Duration.between(since, clock.instant())))
                .orElse(rest);
    }
}
