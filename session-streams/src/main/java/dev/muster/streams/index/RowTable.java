/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import java.util.function.IntPredicate;

/** Finds rows by the hash of what they are found by: open addressing, four bytes a slot. */
final class RowTable {

    private static final int FIRST_SLOTS = 32;

    /** A row's number and one; 0 for a free slot. */
    private int[] slots = new int[FIRST_SLOTS];

    private int size;

    /** The hash of a row. */
    interface HashOf {
        /** Tells it. */
        int row(int row);
    }

    /** The row of a hash that is wanted; -1 when there is none. */
    int find(int hash, IntPredicate isWanted) {
        int mask = slots.length - 1;
        for (int at = hash & mask; slots[at] != 0; at = (at + 1) & mask) {
            if (isWanted.test(slots[at] - 1)) {
                return slots[at] - 1;
            }
        }
        return -1;
    }

    /** Adds a row that is not there. */
    void add(int row, int hash, HashOf hashes) {
        if (2 * (size + 1) > slots.length) {
            int[] before = slots;
            slots = new int[2 * before.length];
            for (int slot : before) {
                if (slot != 0) {
                    place(slot, hashes.row(slot - 1));
                }
            }
        }
        place(row + 1, hash);
        size++;
    }

    private void place(int slot, int hash) {
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = slot;
    }

    /** Removes a row that is there. */
    void remove(int row, int hash, HashOf hashes) {
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != row + 1) {
            at = (at + 1) & mask;
        }
        slots[at] = 0;
        size--;
        // What follows without a gap may have been pushed on by it.
        for (int next = (at + 1) & mask; slots[next] != 0; next = (next + 1) & mask) {
            int slot = slots[next];
            slots[next] = 0;
            place(slot, hashes.row(slot - 1));
        }
    }

    /** How many bytes it takes. */
    long weight() {
        return (long) slots.length * Integer.BYTES;
    }
}
