/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FailureLimitTest {

    @Test
    void three_failures_in_five_minutes_are_borne_and_a_fourth_is_not() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
        FailureLimit limit = new FailureLimit(now::get);
        for (int i = 0; i < 3; i++) {
            assertThat(limit.allowsAnother()).isTrue();
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(1)));
        }
        assertThat(limit.allowsAnother()).isFalse();
        now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)));
        assertThat(limit.allowsAnother()).isTrue();
    }
}
