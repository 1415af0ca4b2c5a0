/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How much of the sessions the days' rows are the sum of, as one row of theirs says. What it does not say, and what was written in
 * the middle of a change, is that nothing is known of them: they are cleared, and the sessions added one after the other.
 *
 * @param stage what is done
 * @param reached the last row of the sessions that has been added, while they are
 */
record DaysProgress(Stage stage, @Nullable Bytes reached) {

    private static final Bytes ROW = StoreKeys.activities("");

    /** The sum of all sessions. */
    static final DaysProgress WHOLE = new DaysProgress(Stage.WHOLE, null);

    /** The rows say nothing. */
    static final DaysProgress UNKNOWN = new DaysProgress(Stage.UNKNOWN, null);

    /** The rows say nothing, and are being deleted. */
    static final DaysProgress CLEARING = new DaysProgress(Stage.CLEARING, null);

    /** The rows are gone. */
    static final DaysProgress CLEARED = adding(Bytes.wrap(new byte[0]));

    /** In the order of their numbers in the row. */
    enum Stage {
        UNKNOWN,
        WHOLE,
        ADDING,
        CLEARING
    }

    static DaysProgress adding(Bytes reached) {
        return new DaysProgress(Stage.ADDING, reached);
    }

    /** How far the days are; of no session at all they are the sum. */
    static DaysProgress of(ReadOnlyKeyValueStore<Bytes, byte[]> days, ReadOnlyKeyValueStore<Bytes, byte[]> sessions) {
        byte[] row = days.get(ROW);
        if (row != null) {
            return read(row);
        }
        try (KeyValueIterator<Bytes, byte[]> all = sessions.all()) {
            return all.hasNext() ? UNKNOWN : WHOLE;
        }
    }

    /**
     * Whether the days of a partition whose sessions are not live here can be shown. A standby may stand in the middle of a change,
     * which is no reason to show nothing.
     */
    static boolean isReadable(ReadOnlyKeyValueStore<Bytes, byte[]> days) {
        byte[] row = days.get(ROW);
        Stage stage = row == null ? Stage.WHOLE : read(row).stage;
        return stage == Stage.WHOLE || stage == Stage.UNKNOWN;
    }

    private static DaysProgress read(byte[] row) {
        Stage stage = Stage.values()[row[0]];
        return stage == Stage.ADDING
                ? adding(Bytes.wrap(Arrays.copyOfRange(row, 1, row.length)))
                : new DaysProgress(stage, null);
    }

    void writeTo(KeyValueStore<Bytes, byte[]> days) {
        byte[] key = reached == null ? new byte[0] : reached.get();
        byte[] row = new byte[1 + key.length];
        row[0] = (byte) stage.ordinal();
        System.arraycopy(key, 0, row, 1, key.length);
        days.put(ROW, row);
    }

    boolean isWhole() {
        return stage == Stage.WHOLE;
    }

    /** Whether the row of a session has been added. */
    boolean has(Bytes session) {
        return stage == Stage.WHOLE
                || (stage == Stage.ADDING && session.compareTo(Objects.requireNonNull(reached)) <= 0);
    }

    /** The first key of the sessions' rows that may not have been added. */
    Bytes next() {
        return behind(Objects.requireNonNull(reached));
    }

    /** The least key that is greater than one. */
    static Bytes behind(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.get().length + 1));
    }
}
