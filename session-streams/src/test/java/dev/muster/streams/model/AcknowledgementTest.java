/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.muster.schemas.avro.FactKind;
import dev.muster.schemas.avro.HookEvent;
import dev.muster.schemas.avro.Outcome;
import org.junit.jupiter.api.Test;

/** What an acknowledgement covers: all failures appended no later than its command, and no other. */
class AcknowledgementTest {

    private static final Fact FAILURE = fact(Outcome.FAILED);
    private static final Fact SUCCESS = fact(Outcome.SUCCESS);

    private final Failures failures = new Failures();

    @Test
    void only_failures_count() {
        failures.count(FAILURE, 10, 1);
        failures.count(SUCCESS, 11, 1);
        failures.count(FAILURE, 12, 1);
        assertThat(failures.unacknowledged()).isEqualTo(2);

        failures.count(FAILURE, 12, -1);
        assertThat(failures.unacknowledged()).isEqualTo(1);
    }

    @Test
    void what_was_appended_up_to_the_command_is_covered_and_a_millisecond_later_is_not() {
        failures.count(FAILURE, 10, 1);

        assertThat(failures.acknowledge(10, 20, until -> fail("nothing was appended later")))
                .isTrue();
        assertThat(failures.unacknowledged()).isZero();
        assertThat(failures.acknowledgedAt()).isEqualTo(10);

        failures.count(FAILURE, 10, 1);
        assertThat(failures.unacknowledged()).isZero();
        failures.count(FAILURE, 11, 1);
        assertThat(failures.unacknowledged()).isEqualTo(1);
    }

    @Test
    void what_was_appended_later_is_looked_up() {
        failures.count(FAILURE, 10, 1);
        failures.count(FAILURE, 11, 1);

        assertThat(failures.acknowledge(10, 20, until -> until == 10 ? 1 : fail("another time")))
                .isTrue();
        assertThat(failures.unacknowledged()).isEqualTo(1);
    }

    @Test
    void taken_back_it_is_as_if_it_had_never_been() {
        failures.count(FAILURE, 10, 1);
        failures.acknowledge(10, 20, until -> 0);

        assertThat(failures.acknowledge(0, 21, until -> until == 0 ? 1 : fail("another time")))
                .isTrue();
        assertThat(failures.unacknowledged()).isEqualTo(1);
        assertThat(failures.acknowledgedAt()).isZero();
    }

    @Test
    void an_older_command_and_the_same_one_again_change_nothing() {
        failures.count(FAILURE, 10, 1);
        failures.acknowledge(10, 20, until -> 0);

        assertThat(failures.acknowledge(0, 19, until -> fail("it is older"))).isFalse();
        assertThat(failures.acknowledge(10, 20, until -> fail("it is the same")))
                .isFalse();
        assertThat(failures.unacknowledged()).isZero();
        assertThat(failures.acknowledge(0, 20, until -> 1)).isTrue();
        assertThat(failures.unacknowledged()).isEqualTo(1);
    }

    @Test
    void counts_from_before_there_were_acknowledgements_stand_until_the_first() {
        failures.noneIsAcknowledged(3);
        assertThat(failures.unacknowledged()).isEqualTo(3);

        failures.acknowledge(10, 20, until -> 0);
        failures.noneIsAcknowledged(3);
        assertThat(failures.unacknowledged()).isZero();
    }

    private static Fact fact(Outcome outcome) {
        HookEvent event = Told.event("e", FactKind.OTHER, 0).setOutcome(outcome).build();
        return Fact.of(FactBodies.look(FactBodies.write(event)));
    }
}
