/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.StateOutput;
import dev.muster.streams.store.DayKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Days as the bytes of their rows. A day as an object takes some 2 KB, and a fleet of 2,000 agents has 60,000 of them in a month:
 * only the one that is looked at is an object.
 */
final class PackedDays {

    private final Map<DayKey, byte[]> rows = new HashMap<>();
    private final StateOutput out = new StateOutput();

    /** Adds what a day has in one partition to what it has in others. */
    void add(DayKey key, AgentDay day) {
        AgentDay sum = day;
        byte[] known = rows.get(key);
        if (known != null) {
            sum = AgentDay.read(known);
            sum.add(day);
        }
        rows.put(key, sum.toBytes(out));
    }

    /** One day; empty if nobody has a part in it. */
    Optional<AgentDay> get(DayKey key) {
        return Optional.ofNullable(rows.get(key)).map(AgentDay::read);
    }

    /** Each day, to look at and forget. */
    void forEach(BiConsumer<DayKey, AgentDay> reader) {
        rows.forEach((key, row) -> reader.accept(key, AgentDay.read(row)));
    }
}
