/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.ingest.auth.Sender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private static final Sender SENDER = sender("key_1");

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final RateLimiter limiter = limiter(new RateLimit(10, 20));

    @Test
    void aBurstPassesAndThenTheRate() {
        for (int i = 0; i < 20; i++) {
            assertThat(limiter.admit(SENDER)).isEmpty();
        }
        assertThat(limiter.admit(SENDER)).hasValue(Duration.ofMillis(100));
        now = now.plusMillis(100);
        assertThat(limiter.admit(SENDER)).isEmpty();
        assertThat(limiter.admit(SENDER)).isPresent();
    }

    @Test
    void aBatchLargerThanTheBurstPassesAndIsWaitedForAfterwards() {
        assertThat(limiter.admit(SENDER)).isEmpty();
        limiter.charge(SENDER, 120);
        assertThat(limiter.admit(SENDER)).hasValue(Duration.ofMillis(10_100));
        now = now.plusMillis(10_099);
        assertThat(limiter.admit(SENDER)).isPresent();
        now = now.plusMillis(1);
        assertThat(limiter.admit(SENDER)).isEmpty();
    }

    @Test
    void eachKeyHasItsOwnRate() {
        limiter.charge(SENDER, 1000);
        assertThat(limiter.admit(SENDER)).isPresent();
        assertThat(limiter.admit(sender("key_2"))).isEmpty();
    }

    @Test
    void noLimitIsNoLimit() {
        RateLimiter off = limiter(new RateLimit(0, 1));
        off.charge(SENDER, Integer.MAX_VALUE);
        assertThat(off.admit(SENDER)).isEmpty();
        assertThat(off.size()).isZero();
    }

    @Test
    void aSilentKeyTakesNoMemoryAndOneInDebtIsRemembered() {
        for (int i = 0; i < 100; i++) {
            limiter.admit(sender("key_" + i));
        }
        limiter.charge(SENDER, 10_000);
        assertThat(limiter.size()).isEqualTo(100);
        now = now.plus(Duration.ofMinutes(1));
        assertThat(limiter.admit(SENDER)).isPresent();
        assertThat(limiter.size()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackLetsNobodyWaitLonger() {
        limiter.charge(SENDER, 21);
        now = now.minus(Duration.ofHours(1));
        assertThat(limiter.admit(SENDER)).hasValue(Duration.ofMillis(100));
        now = now.plusMillis(100);
        assertThat(limiter.admit(SENDER)).isEmpty();
    }

    @Property(tries = 200)
    void theRateHoldsInTheLongRun(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 3000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 50) int batch) {
        long passed = 0;
        long elapsed = 0;
        for (int pause : pauses) {
            now = now.plusMillis(pause);
            elapsed += pause;
            if (limiter.admit(SENDER).isEmpty()) {
                limiter.charge(SENDER, batch);
                passed += batch;
            }
        }
        assertThat(passed).isLessThanOrEqualTo(20 + elapsed / 100 + batch);
    }

    private RateLimiter limiter(RateLimit limit) {
        return new RateLimiter(limit, () -> now);
    }

    private static Sender sender(String keyId) {
        return new Sender("acme", keyId, Optional.empty(), Optional.empty());
    }
}
