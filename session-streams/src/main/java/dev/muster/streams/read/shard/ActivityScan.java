/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.streams.model.ListPage;
import dev.muster.streams.model.ListPage.Entry;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Scans an account's list, the newest activity first: the stored pages, a bucket of them at a time, merged with entries that
 * are not stored yet. An entry may come twice, and a session by two times: what moved meanwhile stands in both places.
 */
final class ActivityScan implements Iterator<Entry>, AutoCloseable {

    private final KeyValueIterator<Bytes, byte[]> pages;
    private final Deque<Entry> unwritten;
    private final Deque<Entry> bucket = new ArrayDeque<>();
    /** The first page of the next bucket. */
    private @Nullable KeyValue<Bytes, byte[]> ahead;

    /**
     * Begins a scan.
     *
     * @param pages the pages from some bucket on, in the order of their keys; closed with the scan
     * @param unwritten what is not stored yet, in any order
     */
    ActivityScan(KeyValueIterator<Bytes, byte[]> pages, Collection<Entry> unwritten) {
        this.pages = pages;
        this.unwritten = inOrder(unwritten);
    }

    private static Deque<Entry> inOrder(Collection<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Entry.NEWEST_FIRST);
        return new ArrayDeque<>(sorted);
    }

    private @Nullable KeyValue<Bytes, byte[]> following() {
        return pages.hasNext() ? pages.next() : null;
    }

    @Override
    public boolean hasNext() {
        if (bucket.isEmpty()) {
            KeyValue<Bytes, byte[]> first = ahead == null ? following() : ahead;
            if (first != null) {
                bucket.addAll(nextBucket(first));
            }
        }
        return !bucket.isEmpty() || !unwritten.isEmpty();
    }

    private Deque<Entry> nextBucket(KeyValue<Bytes, byte[]> first) {
        long time = PageKey.of(first.key).bucket();
        List<Entry> entries = new ArrayList<>();
        KeyValue<Bytes, byte[]> page = first;
        while (page != null && PageKey.of(page.key).bucket() == time) {
            entries.addAll(ListPage.read(page.value).entries());
            page = following();
        }
        ahead = page;
        return inOrder(entries);
    }

    @Override
    public Entry next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the list is at its end");
        }
        Entry stored = bucket.peek();
        Entry unstored = unwritten.peek();
        boolean isStoredNext =
                unstored == null || (stored != null && Entry.NEWEST_FIRST.compare(stored, unstored) <= 0);
        return isStoredNext ? bucket.remove() : unwritten.remove();
    }

    @Override
    public void close() {
        pages.close();
    }
}
