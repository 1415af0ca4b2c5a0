/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Tells on which day a time is, where an installation reckons its days. Safe for several threads. */
public final class DayClock {

    private final ZoneId zone;
    private volatile Day latest = new Day(0, 0, 0);

    /** A day's bounds in epoch milliseconds, its end left out. */
    private record Day(long from, long to, long number) {

        boolean has(long time) {
            return time >= from && time < to;
        }
    }

    /** A clock of a zone. */
    public DayClock(ZoneId zone) {
        this.zone = zone;
    }

    /** The day of a time: days since 1970-01-01, as in {@link LocalDate#ofEpochDay}. */
    public long dayOf(long epochMillis) {
        Day day = latest;
        if (!day.has(epochMillis)) {
            day = day(Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate());
            latest = day;
        }
        return day.number;
    }

    private Day day(LocalDate date) {
        return new Day(startOf(date), startOf(date.plusDays(1)), date.toEpochDay());
    }

    private long startOf(LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The zone. */
    public ZoneId zone() {
        return zone;
    }
}
