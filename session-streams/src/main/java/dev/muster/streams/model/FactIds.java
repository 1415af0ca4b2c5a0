/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import org.jspecify.annotations.Nullable;

/**
 * The ids of a session's facts, never 0, and about when each was, in 12 bytes a slot: an open-addressing table whose slots are
 * chosen by an id's high bits, so that it may have any length. Times are kept in steps of {@value #STEP_MS} ms from the
 * first one, four years to both sides; what lies farther off counts as at the end.
 */
final class FactIds {

    private static final int STEP_BITS = 6;
    private static final int STEP_MS = 1 << STEP_BITS;
    private static final int FIRST_SLOTS = 8;
    private static final int BYTES_PER_SLOT = Long.BYTES + Integer.BYTES;
    /** Of so many slots one stays free. */
    private static final int FREE_ONE_OF = 6;

    /** The ids, 0 in a free slot. */
    private long[] ids = new long[FIRST_SLOTS];

    private int[] steps = new int[FIRST_SLOTS];
    private int size;
    private long origin;

    boolean has(long id) {
        return ids[slotOf(id)] == id;
    }

    /** The stretch of time that the fact of an id lies in; null when there is no such fact. */
    @Nullable
    Span find(long id) {
        int slot = slotOf(id);
        return ids[slot] == id ? Span.of(origin, steps[slot]) : null;
    }

    /** A stretch of time, epoch milliseconds, both ends within it. */
    record Span(long from, long to) {
        private static Span of(long origin, int step) {
            long from = (origin + step) << STEP_BITS;
            return new Span(
                    step == Integer.MIN_VALUE ? Long.MIN_VALUE : from,
                    step == Integer.MAX_VALUE ? Long.MAX_VALUE : from + STEP_MS - 1);
        }
    }

    /** Takes a fact in, in the place of one with the same id. */
    void put(long id, long time) {
        int slot = slotOf(id);
        if (ids[slot] != id) {
            if (size >= ids.length - ids.length / FREE_ONE_OF) {
                grow();
                slot = slotOf(id);
            }
            origin = size == 0 ? time >> STEP_BITS : origin;
            ids[slot] = id;
            size++;
        }
        long step = (time >> STEP_BITS) - origin;
        steps[slot] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, step));
    }

    /** Takes a fact out, if it is there; those behind it move up, so that no search ends at its slot. */
    void remove(long id) {
        int free = slotOf(id);
        if (ids[free] != id) {
            return;
        }
        for (int slot = next(free); ids[slot] != 0; slot = next(slot)) {
            int home = homeOf(ids[slot]);
            boolean staysReachable = free <= slot ? free < home && home <= slot : free < home || home <= slot;
            if (!staysReachable) {
                ids[free] = ids[slot];
                steps[free] = steps[slot];
                free = slot;
            }
        }
        ids[free] = 0;
        size--;
    }

    int weight() {
        return ids.length * BYTES_PER_SLOT;
    }

    private void grow() {
        long[] oldIds = ids;
        int[] oldSteps = steps;
        int slots = oldIds.length + oldIds.length / 2;
        ids = new long[slots];
        steps = new int[slots];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldIds[i] != 0) {
                int slot = slotOf(oldIds[i]);
                ids[slot] = oldIds[i];
                steps[slot] = oldSteps[i];
            }
        }
    }

    /** The slot that an id is in, or the free one that it would be put into. */
    private int slotOf(long id) {
        int slot = homeOf(id);
        while (ids[slot] != id && ids[slot] != 0) {
            slot = next(slot);
        }
        return slot;
    }

    private int homeOf(long id) {
        return (int) (((id >>> Integer.SIZE) * ids.length) >>> Integer.SIZE);
    }

    private int next(int slot) {
        return slot + 1 == ids.length ? 0 : slot + 1;
    }
}
