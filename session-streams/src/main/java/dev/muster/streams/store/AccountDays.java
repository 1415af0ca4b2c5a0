/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.model.AgentDay;
import dev.muster.streams.model.SessionAggregate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * An account's days in one partition.
 *
 * @param days the days by agent, those left out on which nobody has a part
 * @param unwritten the live sessions whose rows are not up to date, as they stand
 */
public record AccountDays(Map<DayKey, AgentDay> days, List<SessionAggregate> unwritten) {

    /** The rows alone, of a partition whose sessions are not live here. */
    public static AccountDays ofRows(
            String account, Predicate<DayKey> wanted, ReadOnlyKeyValueStore<Bytes, byte[]> rows) {
        Map<DayKey, AgentDay> days = new HashMap<>();
        read(account, rows(account, rows), wanted, days);
        return new AccountDays(days, List.of());
    }

    static KeyValueIterator<Bytes, byte[]> rows(String account, ReadOnlyKeyValueStore<Bytes, byte[]> rows) {
        Bytes all = DayKey.daysOf(account);
        return rows.range(all, StoreKeys.endOf(all));
    }

    /** Reads the rows that are wanted, and closes them. */
    static void read(
            String account,
            KeyValueIterator<Bytes, byte[]> rows,
            Predicate<DayKey> wanted,
            Map<DayKey, AgentDay> into) {
        try (rows) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                DayKey key = DayKey.read(account, row.key);
                if (wanted.test(key)) {
                    into.put(key, AgentDay.read(row.value));
                }
            }
        }
    }
}
