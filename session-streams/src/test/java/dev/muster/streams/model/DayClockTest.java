/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A day begins at midnight of its zone, also where a day has 23 or 25 hours. */
class DayClockTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Property
    void the_day_is_the_date_in_the_zone_whatever_was_asked_before(@ForAll("moments") List<Long> moments) {
        DayClock clock = new DayClock(BERLIN);

        for (long moment : moments) {
            long date =
                    Instant.ofEpochMilli(moment).atZone(BERLIN).toLocalDate().toEpochDay();
            assertThat(clock.dayOf(moment)).isEqualTo(date);
        }
    }

    @Test
    void midnight_is_the_new_day_and_a_millisecond_before_is_the_old() {
        for (LocalDate date : List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25))) {
            DayClock clock = new DayClock(BERLIN);
            long begin = date.atStartOfDay(BERLIN).toInstant().toEpochMilli();
            long end = date.plusDays(1).atStartOfDay(BERLIN).toInstant().toEpochMilli();

            assertThat(clock.dayOf(begin)).isEqualTo(date.toEpochDay());
            assertThat(clock.dayOf(end - 1)).isEqualTo(date.toEpochDay());
            assertThat(clock.dayOf(end)).isEqualTo(date.toEpochDay() + 1);
            assertThat(clock.dayOf(begin)).isEqualTo(date.toEpochDay());
            assertThat(clock.dayOf(begin - 1)).isEqualTo(date.toEpochDay() - 1);
        }
        assertThat(new DayClock(BERLIN).zone()).isEqualTo(BERLIN);
    }

    @Test
    void the_epoch_is_the_first_day_also_for_a_clock_that_was_never_asked() {
        assertThat(new DayClock(ZoneId.of("UTC")).dayOf(0)).isZero();
        assertThat(new DayClock(ZoneId.of("America/New_York")).dayOf(0)).isEqualTo(-1);
    }

    @Provide
    Arbitrary<List<Long>> moments() {
        long start =
                ZonedDateTime.of(2026, 3, 28, 0, 0, 0, 0, BERLIN).toInstant().toEpochMilli();
        return Arbitraries.longs()
                .between(0, 96)
                .map(half -> start + half * 1_800_000 - half % 2)
                .list()
                .ofMaxSize(20);
    }
}
