/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.store.AccountDays;
import dev.muster.streams.store.DayKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads an account's days over all partitions, live sessions included: some 5 µs for each row (an agent's day in a partition), and
 * some 30 µs for each live session of the account whose rows are not up to date.
 */
final class DayReads {

    private final Partitions partitions;

    DayReads(Partitions partitions) {
        this.partitions = partitions;
    }

    /**
     * An account's days.
     *
     * @param days the days by agent
     * @param unwritten the live sessions whose rows are not up to date, as they stand
     */
    record Found(PackedDays days, List<SessionFigures> unwritten) {}

    /** The days that are wanted, the partitions' shares of each added up. */
    Found days(String account, Predicate<DayKey> wanted) {
        PackedDays days = new PackedDays();
        List<SessionFigures> unwritten = new ArrayList<>();
        for (int partition = 0; partition < partitions.count(); partition++) {
            PartitionStores stores = partitions.at(partition);
            AccountDays part = stores.live()
                    .map(live -> live.days(account, wanted, stores.days(), stores.sessions()))
                    .orElseGet(() -> AccountDays.ofRows(account, wanted, stores.days()));
            part.days().forEach(days::add);
            unwritten.addAll(part.unwritten());
        }
        return new Found(days, unwritten);
    }
}
