/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.settings.InvalidSettingException;
import dev.muster.schemas.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountZonesTest {

    @Test
    void anAccountHasItsOwnZoneOrThatOfAll() {
        AccountZones zones = zones(Map.of(
                "MUSTER_TIME_ZONE", "Europe/Berlin", "MUSTER_TIME_ZONE_ACCOUNTS", "acme=Asia/Kolkata, other=-03:30"));

        assertThat(zones.of("acme")).isEqualTo(ZoneId.of("Asia/Kolkata"));
        assertThat(zones.of("other")).isEqualTo(ZoneId.of("-03:30"));
        assertThat(zones.of("local")).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(zones(Map.of()).of("local")).isEqualTo(ZoneId.of("UTC"));
    }

    /** One moment is on two days, and a day may begin at any minute. */
    @Test
    void oneMomentIsOnEachAccountsDay() {
        AccountZones zones = zones(Map.of("MUSTER_TIME_ZONE_ACCOUNTS", "acme=Asia/Kolkata,other=Asia/Kathmandu"));
        long last = Instant.parse("2026-11-30T18:29:59.999Z").toEpochMilli();
        long first = last + 1;

        assertThat(zones.days("acme").dayOf(last))
                .isEqualTo(LocalDate.of(2026, 11, 30).toEpochDay());
        assertThat(zones.days("acme").dayOf(first))
                .isEqualTo(LocalDate.of(2026, 12, 1).toEpochDay());
        assertThat(zones.days("other").dayOf(last))
                .isEqualTo(LocalDate.of(2026, 12, 1).toEpochDay());
        assertThat(zones.days("local").dayOf(first))
                .isEqualTo(LocalDate.of(2026, 11, 30).toEpochDay());
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29, 23", "2026-10-25, 25", "2026-06-01, 24"})
    void aDayIsAsLongAsItsClocksSay(LocalDate date, int hours) {
        DayClock days = zones(Map.of("MUSTER_TIME_ZONE", "Europe/Berlin")).days("local");
        long start = date.atStartOfDay(ZoneId.of("Europe/Berlin")).toInstant().toEpochMilli();
        long end = start + Duration.ofHours(hours).toMillis();

        assertThat(days.dayOf(start - 1)).isEqualTo(date.toEpochDay() - 1);
        assertThat(days.dayOf(start)).isEqualTo(date.toEpochDay());
        assertThat(days.dayOf(end - 1)).isEqualTo(date.toEpochDay());
        assertThat(days.dayOf(end)).isEqualTo(date.toEpochDay() + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "MUSTER_TIME_ZONE, Mars/Base, 'MUSTER_TIME_ZONE is «Mars/Base», which is no time zone; try UTC, Europe/Berlin or +02:00.'",
        "MUSTER_TIME_ZONE_ACCOUNTS, acme=Mars, 'MUSTER_TIME_ZONE_ACCOUNTS is «Mars», which is no time zone; try UTC, Europe/Berlin or +02:00.'",
        "MUSTER_TIME_ZONE_ACCOUNTS, 'acme=UTC,acme=UTC', 'MUSTER_TIME_ZONE_ACCOUNTS has the entry «acme=UTC», and must list each account once with its zone, as acme=Europe/Berlin.'",
        "MUSTER_TIME_ZONE_ACCOUNTS, UTC, 'MUSTER_TIME_ZONE_ACCOUNTS has the entry «UTC», and must list each account once with its zone, as acme=Europe/Berlin.'",
    })
    void aWrongOneStopsTheStart(String name, String value, String sentence) {
        assertThatThrownBy(() -> zones(Map.of(name, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(sentence);
    }

    private static AccountZones zones(Map<String, String> settings) {
        return AccountZones.from(Settings.of(settings));
    }
}
