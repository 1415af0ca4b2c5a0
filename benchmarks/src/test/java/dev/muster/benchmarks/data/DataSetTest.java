/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DataSetTest {

    @Test
    void hasTheNamesThatGrowthIsMeasuredWith() {
        assertThat(DataSet.named())
                .extracting(DataSet::name)
                .containsExactly("mix", "sessions-10x", "sessions-100x", "one-session", "one-trace");
        assertThat(DataSet.named("sessions-10x").sessions())
                .isEqualTo(10 * DataSet.named("mix").sessions());
        assertThat(DataSet.named("sessions-100x").sessions())
                .isEqualTo(100 * DataSet.named("mix").sessions());
    }

    @Test
    void knowsNoOtherNames() {
        assertThatThrownBy(() -> DataSet.named("mixed"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("«mixed»")
                .hasMessageContaining("one-trace");
    }

    @Test
    void aSmallerOneHasSessionsAsLong() {
        DataSet smaller = DataSet.named("mix").scaled(0.05);

        assertThat(smaller.records()).isEqualTo(100_000);
        assertThat(smaller.sessions()).isEqualTo(1_000);
        assertThat(smaller.active()).isEqualTo(1_000);
    }

    @Test
    void aSmallerSingleSessionIsStillOne() {
        DataSet smaller = DataSet.named("one-session").scaled(0.0000001);

        assertThat(smaller.records()).isEqualTo(1);
        assertThat(smaller.sessions()).isEqualTo(1);
    }

    @Test
    void refusesMoreSessionsThanRecords() {
        assertThatThrownBy(() -> DataSet.mix(10, 11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The data set mix cannot have 11 of 11 sessions at work in 10 records.");
    }
}
