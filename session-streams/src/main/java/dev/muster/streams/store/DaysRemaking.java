/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes the days anew of the sessions' rows, a step at a time: all at once it would take minutes for a million sessions, and the
 * transaction its rows are sent in may take seconds.
 */
final class DaysRemaking {

    private final KeyValueStore<Bytes, byte[]> days;
    private final KeyValueStore<Bytes, byte[]> sessions;
    private @Nullable Bytes cleared;

    /** Takes the row of a session. */
    interface Adder {
        /** Adds it to the days. */
        void add(byte[] session);
    }

    DaysRemaking(SessionStores stores) {
        days = stores.days();
        sessions = stores.sessions();
    }

    /**
     * Goes on from where it was; nothing is left to do when it is whole.
     *
     * @param most so many rows of sessions, or of days that are deleted, are looked at
     */
    DaysProgress step(DaysProgress progress, int most, Adder adder) {
        return switch (progress.stage()) {
            case WHOLE -> progress;
            case UNKNOWN, CLEARING -> clear(most);
            case ADDING -> add(progress, most, adder);
        };
    }

    private DaysProgress clear(int most) {
        cleared = walk(days, cleared == null ? null : DaysProgress.behind(cleared), most, row -> {
            if (DayKey.isOfDay(row.key)) {
                days.delete(row.key);
            }
        });
        return cleared == null ? DaysProgress.CLEARED : DaysProgress.CLEARING;
    }

    private DaysProgress add(DaysProgress progress, int most, Adder adder) {
        Bytes reached = walk(sessions, progress.next(), most, row -> {
            if (StoreKeys.isSession(row.key)) {
                adder.add(row.value);
            }
        });
        return reached == null ? DaysProgress.WHOLE : DaysProgress.adding(reached);
    }

    /** Shows some rows, and returns the key of the last; null when there is none behind. */
    private static @Nullable Bytes walk(
            KeyValueStore<Bytes, byte[]> store,
            @Nullable Bytes from,
            int most,
            Consumer<KeyValue<Bytes, byte[]>> reader) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
            Bytes last = null;
            for (int seen = 0; rows.hasNext(); seen++) {
                if (seen == most) {
                    return last;
                }
                KeyValue<Bytes, byte[]> row = rows.next();
                reader.accept(row);
                last = row.key;
            }
            return null;
        }
    }
}
