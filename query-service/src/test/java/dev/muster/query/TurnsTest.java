/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.javalin.http.ServiceUnavailableResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void as_many_are_read_at_a_time_as_there_are_turns_and_no_more() throws Exception {
        Turns turns = new Turns(3, LONG);
        Phaser three = new Phaser(3);
        AtomicInteger atOnce = new AtomicInteger();
        Callable<Integer> reading = () -> turns.inTurn(() -> {
            int now = atOnce.incrementAndGet();
            three.arriveAndAwaitAdvance();
            atOnce.decrementAndGet();
            return now;
        });
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            for (Future<Integer> each : clients.invokeAll(Collections.nCopies(300, reading))) {
                assertThat(each.get()).isBetween(1, 3);
            }
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void who_waits_too_long_is_told_to_come_again() {
        Turns turns = new Turns(1, Duration.ZERO);

        turns.inTurn(() -> assertThatExceptionOfType(ServiceUnavailableResponse.class)
                .isThrownBy(() -> turns.inTurn(() -> "read"))
                .withMessageContaining("ask again"));

        assertThat(turns.inTurn(() -> "read")).isEqualTo("read");
    }

    @Test
    void a_reading_that_fails_gives_its_turn_back() {
        Turns turns = new Turns(1, Duration.ZERO);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> turns.inTurn(() -> {
                        throw new IllegalStateException("it fails");
                    }));
        }
        assertThat(turns.inTurn(() -> "read")).isEqualTo("read");
    }
}
