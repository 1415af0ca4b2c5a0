/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DurationBucketsTest {

    @Property(tries = 10_000)
    void a_bucket_is_shown_as_a_duration_within_1_percent_of_all_in_it(
            @ForAll @LongRange(min = 0, max = 1L << 55) long duration) {
        assertIsWithin1Percent(duration);
    }

    @Test
    void none_of_the_first_million_is_further_off_and_they_are_in_order() {
        for (long duration = 0; duration < 1_000_000; duration++) {
            assertIsWithin1Percent(duration);
            assertThat(DurationBuckets.of(duration + 1) - DurationBuckets.of(duration))
                    .as("buckets from %s ms on", duration)
                    .isBetween(0, 1);
        }
    }

    private static void assertIsWithin1Percent(long duration) {
        long shown = DurationBuckets.durationOf(DurationBuckets.of(duration));
        assertThat(Math.abs(shown - duration) * 100)
                .as("%s ms, shown as %s", duration, shown)
                .isLessThanOrEqualTo(duration);
    }

    @Test
    void short_durations_have_buckets_of_their_own() {
        for (int duration = 0; duration < 99; duration++) {
            assertThat(DurationBuckets.of(duration)).isEqualTo(duration);
            assertThat(DurationBuckets.durationOf(duration)).isEqualTo(duration);
        }
    }

    @Test
    void any_number_has_a_bucket() {
        assertThat(DurationBuckets.of(-5)).isZero();
        assertThat(DurationBuckets.of(Long.MIN_VALUE)).isZero();
        assertThat(DurationBuckets.durationOf(DurationBuckets.of(Long.MAX_VALUE)))
                .isGreaterThan(Long.MAX_VALUE / 200);
    }
}
