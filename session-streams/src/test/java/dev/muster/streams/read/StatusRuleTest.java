/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.streams.model.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of the status rule. */
class StatusRuleTest {

    private static final long NOW = 1_795_348_800_000L;

    @ParameterizedTest(name = "paused {0}, failed {1}, last event {2} ms ago: {3}")
    @CsvSource({
        // The agent's pause comes before everything, a failure before the clock.
        "true,  true,        0, PAUSED",
        "true,  false,       0, PAUSED",
        "true,  true,  9999999, PAUSED",
        "false, true,        0, ERRORED",
        "false, true,   300000, ERRORED",
        "false, true,  9999999, ERRORED",
        "false, true,  -600000, ERRORED",
        // Less than 5 minutes; what is ahead of the clock is new.
        "false, false, -600000, ACTIVE",
        "false, false,      -1, ACTIVE",
        "false, false,       0, ACTIVE",
        "false, false,  299999, ACTIVE",
        // From 5 to 30 minutes, both within.
        "false, false,  300000, IDLE",
        "false, false,  300001, IDLE",
        "false, false, 1799999, IDLE",
        "false, false, 1800000, IDLE",
        "false, false, 1800001, DONE",
        "false, false, 9999999, DONE"
    })
    void table(boolean paused, boolean failed, long age, Status status) {
        assertThat(StatusRule.of(paused, failed, NOW - age, 0, NOW)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        // A task in the background keeps it active for as long as it is believed to run, whatever the last event.
        "false, false, 9999999,  1, ACTIVE",
        "false, false, 9999999,  0, DONE",
        "false, false,  300000, -1, IDLE",
        "false, true,   300000,  1, ERRORED",
        "true,  false,  300000,  1, PAUSED"
    })
    void withATaskInTheBackground(boolean paused, boolean failed, long age, long left, Status status) {
        assertThat(StatusRule.of(paused, failed, NOW - age, NOW + left, NOW)).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"ACTIVE", "IDLE"})
    void nothing_earlier_than_the_earliest_has_the_status(Status status) {
        long earliest = StatusRule.earliest(status, NOW);
        // A task in the background that the last event told of.
        long believed = status == Status.ACTIVE ? Surroundings.BELIEVED.toMillis() : 0;

        assertThat(StatusRule.of(false, false, earliest, earliest + believed, NOW))
                .isEqualTo(status);
        assertThat(StatusRule.of(false, false, earliest - 1, earliest - 1 + believed, NOW))
                .isGreaterThan(status);
    }

    @Test
    void precedence_is_the_order_of_the_statuses() {
        assertThat(Status.values())
                .containsExactly(Status.PAUSED, Status.ERRORED, Status.ACTIVE, Status.IDLE, Status.DONE);
    }
}
