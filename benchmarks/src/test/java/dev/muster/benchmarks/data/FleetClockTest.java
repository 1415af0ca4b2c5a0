/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FleetClockTest {

    private static final Instant REST = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant RESUMED = REST.plusSeconds(600);

    @Test
    void standsStillAndThenGoesOnFromWhereItStood() {
        AtomicReference<Instant> real = new AtomicReference<>(REST);
        FleetClock clock = new FleetClock(REST, real::get);
        real.set(RESUMED);
        assertThat(clock.instant()).isEqualTo(REST);

        clock.resume(RESUMED);
        assertThat(clock.instant()).isEqualTo(REST);
        real.set(RESUMED.plusSeconds(7));
        assertThat(clock.instant()).isEqualTo(REST.plusSeconds(7));
    }
}
