/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A page of an account's list of sessions. It does not change: what is added or taken out makes another.
 *
 * @param entries up to {@link #MAX_ENTRIES}, in no order
 */
public record ListPage(List<Entry> entries) {

    /** A page with so many entries is full: with the longest ids it has less than 40 KiB. */
    public static final int MAX_ENTRIES = 64;

    /** A page without entries. */
    public static final ListPage EMPTY = new ListPage(List.of());

    /**
     * A session in the list.
     *
     * @param lastActivity what it is listed by, epoch milliseconds
     * @param sessionId its id
     */
    public record Entry(long lastActivity, String sessionId) {

        /** The order of the list: the latest activity, then the id. */
        public static final Comparator<Entry> NEWEST_FIRST =
                Comparator.comparingLong(Entry::lastActivity).reversed().thenComparing(Entry::sessionId);
    }

    /** Whether it takes no more entries. */
    public boolean isFull() {
        return entries.size() >= MAX_ENTRIES;
    }

    /** The page with one entry more. */
    public ListPage with(Entry entry) {
        List<Entry> more = new ArrayList<>(entries.size() + 1);
        more.addAll(entries);
        more.add(entry);
        return new ListPage(Collections.unmodifiableList(more));
    }

    /** The page without an entry, or as it is when it is not in it. */
    public ListPage without(Entry entry) {
        int at = entries.indexOf(entry);
        if (at < 0) {
            return this;
        }
        List<Entry> left = new ArrayList<>(entries);
        left.remove(at);
        return new ListPage(Collections.unmodifiableList(left));
    }

    /** The page as a value of the store. */
    public byte[] toBytes(StateOutput out) {
        out.begin(StateSchema.LIST);
        out.array(entries.size());
        long before = 0;
        for (Entry entry : entries) {
            out.item();
            out.number(entry.lastActivity() - before);
            out.text(entry.sessionId());
            before = entry.lastActivity();
        }
        out.arrayEnd();
        return out.end();
    }

    /** Reads a stored page. */
    public static ListPage read(byte[] value) {
        StateInput in = StateInput.of(StateSchema.LIST, value);
        List<Entry> entries = new ArrayList<>();
        in.array(() -> {
            long before =
                    entries.isEmpty() ? 0 : entries.get(entries.size() - 1).lastActivity();
            entries.add(new Entry(before + in.number(), in.text()));
        });
        return new ListPage(Collections.unmodifiableList(entries));
    }
}
