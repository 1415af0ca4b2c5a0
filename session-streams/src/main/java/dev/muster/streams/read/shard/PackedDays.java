/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.StateOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Days as the bytes of their rows. As an object a day takes many times as much, and a large fleet has tens of thousands of
 * them in a month: only the one that is looked at is an object.
 */
public final class PackedDays {

    private final Map<AgentDate, byte[]> rows = new HashMap<>();
    private final StateOutput out = new StateOutput();

    /** Adds what a day has in one partition to what it has in others. */
    public void add(AgentDate date, AgentDay day) {
        AgentDay sum = day;
        byte[] known = rows.get(date);
        if (known != null) {
            sum = AgentDay.read(known);
            sum.add(day);
        }
        rows.put(date, sum.toBytes(out));
    }

    /** These days with others added to them, as new ones where both have any. */
    PackedDays and(PackedDays other) {
        if (rows.isEmpty()) {
            return other;
        }
        if (other.rows.isEmpty()) {
            return this;
        }
        PackedDays sum = new PackedDays();
        sum.rows.putAll(rows);
        other.rows.forEach((date, row) -> {
            if (sum.rows.putIfAbsent(date, row) != null) {
                sum.add(date, AgentDay.read(row));
            }
        });
        return sum;
    }

    /** One day; empty if nobody has a part in it. */
    public Optional<AgentDay> get(AgentDate date) {
        return Optional.ofNullable(rows.get(date)).map(AgentDay::read);
    }
}
