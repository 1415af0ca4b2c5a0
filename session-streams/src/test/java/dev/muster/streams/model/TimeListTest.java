/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** Which times are at a time or before, which decides what is an orphan when it is looked at. */
class TimeListTest {

    @Test
    void a_time_is_up_to_itself_and_a_millisecond_earlier_is_not() {
        TimeList times = of(100);

        assertThat(times.upTo(99)).isZero();
        assertThat(times.upTo(100)).isEqualTo(1);
        assertThat(times.upTo(101)).isEqualTo(1);
    }

    @Test
    void times_are_in_order_however_they_come_and_the_same_one_counts_as_often_as_it_came() {
        TimeList times = of(30, 10, 20, 10, 40);

        assertThat(times.first()).isEqualTo(10);
        assertThat(times.upTo(9)).isZero();
        assertThat(times.upTo(10)).isEqualTo(2);
        assertThat(times.upTo(20)).isEqualTo(3);
        assertThat(times.upTo(39)).isEqualTo(4);
        assertThat(times.upTo(40)).isEqualTo(5);
    }

    @Test
    void one_of_two_equal_times_is_taken_out_and_the_others_stay() {
        TimeList times = of(10, 20, 20, 30);

        times.remove(20);
        assertThat(times.upTo(20)).isEqualTo(2);
        assertThat(times.upTo(30)).isEqualTo(3);

        times.remove(10);
        assertThat(times.first()).isEqualTo(20);
        times.remove(30);
        times.remove(20);
        assertThat(times.isEmpty()).isTrue();
    }

    @Test
    void what_never_was_in_it_cannot_be_taken_out() {
        TimeList times = of(10);

        assertThatIllegalStateException().isThrownBy(() -> times.remove(11));
        assertThat(times.upTo(10)).isEqualTo(1);
    }

    @Test
    void two_hundred_and_fifty_six_are_stored_one_by_one_and_one_more_is_not() {
        TimeList times = new TimeList();
        for (int time = 0; time < 256; time++) {
            times.add(time);
        }
        assertThat(times.isStoredWhole()).isTrue();

        times.add(256);
        assertThat(times.isStoredWhole()).isFalse();
        assertThat(times.upTo(255)).isEqualTo(256);
    }

    @Test
    void a_cleared_list_is_as_new() {
        TimeList times = of(10, 20);
        times.clear();
        assertThat(times.isEmpty()).isTrue();
        assertThat(times.upTo(Long.MAX_VALUE)).isZero();

        times.add(5);
        assertThat(times.first()).isEqualTo(5);
        assertThat(times.upTo(20)).isEqualTo(1);
    }

    private static TimeList of(long... all) {
        TimeList times = new TimeList();
        for (long time : all) {
            times.add(time);
        }
        return times;
    }
}
