/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.limit;

import dev.muster.ingest.auth.Sender;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps every key to its rate. A request needs one event's worth to be let in; the rest of a batch is taken off when it
 * has been counted, below zero where it must be, and is waited for by the requests after it. So a batch of any size passes,
 * and the rate holds in the long run. A key that has been silent until it may send a whole burst again takes no memory.
 */
public final class RateLimiter {

    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final RateLimit limit;
    private final TimeMeter time;
    private final InstantSource clock;
    private final Map<String, Bucket> byKey = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> tidied;

    /** Nobody has sent anything yet. */
    public RateLimiter(RateLimit limit, InstantSource clock) {
        this.limit = limit;
        this.clock = clock;
        time = new Clock(clock);
        tidied = new AtomicReference<>(clock.instant());
    }

    /**
     * Lets a request in, and takes off one event for it.
     *
     * @return how long to wait when the sender may not send now; empty when it may
     */
    public Optional<Duration> admit(Sender sender) {
        if (!limit.isOn()) {
            return Optional.empty();
        }
        tidy();
        ConsumptionProbe probe = bucket(sender).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill())));
    }

    /** Takes off what a request that was let in holds beyond its one event. */
    public void charge(Sender sender, int events) {
        if (limit.isOn() && events > 1) {
            bucket(sender).consumeIgnoringRateLimits(events - 1L);
        }
    }

    /** How many keys take memory. */
    int size() {
        return byKey.size();
    }

    private Bucket bucket(Sender sender) {
        return byKey.computeIfAbsent(
                sender.account() + "/" + sender.keyId(),
                key -> Bucket.builder()
                        .addLimit(bandwidth -> bandwidth
                                .capacity(limit.burst())
                                .refillGreedy(limit.eventsPerSecond(), Duration.ofSeconds(1)))
                        .withCustomTimePrecision(time)
                        .build());
    }

    /** A bucket that is full says what a new one says. */
    private void tidy() {
        Instant last = tidied.get();
        Instant now = clock.instant();
        if (Duration.between(last, now).compareTo(TIDY_EVERY) >= 0 && tidied.compareAndSet(last, now)) {
            byKey.values().removeIf(bucket -> bucket.getAvailableTokens() >= limit.burst());
        }
    }

    /** A wall clock that was set back goes on from where it was: nobody waits for it to come round again. */
    private static final class Clock implements TimeMeter {

        private final InstantSource wall;
        private long lastMillis;
        private long setBackMillis;

        Clock(InstantSource wall) {
            this.wall = wall;
            lastMillis = wall.millis();
        }

        @Override
        public synchronized long currentTimeNanos() {
            long millis = wall.millis();
            setBackMillis += Math.max(0, lastMillis - millis);
            lastMillis = millis;
            return TimeUnit.MILLISECONDS.toNanos(millis + setBackMillis);
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
