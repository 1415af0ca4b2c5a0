/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.model.AgentDay;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Some of an account's days in one partition.
 *
 * @param days the days by agent, those left out on which nobody has a part
 */
public record AccountDays(Map<DayKey, AgentDay> days) {

    /**
     * The rows alone, of a partition whose sessions are not live here.
     *
     * @throws DaysMadeAnewException while the days are made anew
     */
    public static AccountDays ofRows(Set<DayKey> wanted, ReadOnlyKeyValueStore<Bytes, byte[]> rows) {
        if (!DaysProgress.isReadable(rows)) {
            throw new DaysMadeAnewException();
        }
        Map<DayKey, AgentDay> days = new HashMap<>();
        wanted.forEach(key -> read(key, rows).ifPresent(day -> days.put(key, day)));
        return new AccountDays(days);
    }

    static Optional<AgentDay> read(DayKey key, ReadOnlyKeyValueStore<Bytes, byte[]> rows) {
        return Optional.ofNullable(rows.get(key.toBytes())).map(AgentDay::read);
    }
}
