/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.ListPage;
import dev.muster.streams.model.ListPage.Entry;
import dev.muster.streams.model.StateOutput;
import dev.muster.streams.store.StoreKeys.PageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes the accounts' lists of sessions, a page at a time. Changes are gathered until the next commit: sessions that are
 * listed together share a page, and a page is written once, however many of its entries come or go.
 *
 * <p>A page's number is never given out again, whatever becomes of the page or the task.
 *
 * <p>One stream thread writes; others may read what is {@link #gathered}, under the lock, so that what moves is never out of
 * their sight.
 */
final class ListPages {

    /** So many gathered pages are written before the commit. */
    static final int MAX_GATHERED = 256;

    private final KeyValueStore<Bytes, byte[]> store;
    private final StateOutput out = new StateOutput();
    private final Map<PageKey, Gathered> gathered = new HashMap<>();
    /** The gathered page that takes a bucket's new entries, by the bucket's first key. */
    private final Map<PageKey, PageKey> taking = new HashMap<>();

    private final Numbers numbers;

    /**
     * A page that is to be written.
     *
     * @param isStored whether there is a row of it
     */
    private record Gathered(ListPage page, boolean isStored) {}

    /** Opens the lists in their store; nothing is written before the first entry comes. */
    ListPages(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        numbers = new Numbers(store);
    }

    /** Moves a session to its last activity, from its place if it has one, and gives the number of its new page. */
    synchronized long move(Optional<Listed> from, RecordKey session, long lastActivity) {
        long page = add(session, lastActivity);
        from.ifPresent(this::remove);
        return page;
    }

    private long add(RecordKey session, long lastActivity) {
        PageKey bucket = PageKey.at(session.account(), lastActivity, 0);
        PageKey key = taking.computeIfAbsent(bucket, first -> first.withNumber(numbers.next()));
        Gathered before = gathered.getOrDefault(key, new Gathered(ListPage.EMPTY, false));
        ListPage page = before.page().with(new Entry(lastActivity, session.sessionId()));
        if (page.isFull()) {
            store.put(key.toBytes(), page.toBytes(out));
            taking.remove(bucket);
            gathered.remove(key);
        } else {
            gather(key, new Gathered(page, before.isStored()));
        }
        return key.number();
    }

    /** Takes a session from its place, if it stands there. */
    synchronized void remove(Listed place) {
        PageKey key = place.key();
        Gathered before = page(key);
        ListPage left = before.page().without(place.entry());
        if (left.equals(before.page())) {
            return;
        }
        taking.putIfAbsent(key.withNumber(0), key);
        gather(key, new Gathered(left, before.isStored()));
    }

    /**
     * Whether a session stands where its row says. It does, but for one case: Kafka Streams (seen in 4.3.1) commits what a task
     * has sent before it closes it as corrupted, and so the row of a session that had been evicted, without the page that was
     * gathered. Places given out since this start are not looked up.
     */
    synchronized boolean has(Listed place) {
        return place.page() >= numbers.first()
                || page(place.key()).page().entries().contains(place.entry());
    }

    private Gathered page(PageKey key) {
        Gathered known = gathered.get(key);
        if (known != null) {
            return known;
        }
        byte[] stored = store.get(key.toBytes());
        return stored == null ? new Gathered(ListPage.EMPTY, false) : new Gathered(ListPage.read(stored), true);
    }

    private void gather(PageKey key, Gathered page) {
        gathered.put(key, page);
        if (gathered.size() > MAX_GATHERED) {
            flush();
        }
    }

    /** Writes what is gathered. */
    synchronized void flush() {
        gathered.forEach((key, changed) -> {
            if (!changed.page().entries().isEmpty()) {
                store.put(key.toBytes(), changed.page().toBytes(out));
            } else if (changed.isStored()) {
                store.delete(key.toBytes());
            }
        });
        gathered.clear();
        taking.clear();
    }

    /** Shows the entries of an account that stand in no row yet, and those in the same pages; meanwhile nothing is written. */
    synchronized <T> T gathered(String account, Function<List<Entry>, T> reader) {
        List<Entry> entries = new ArrayList<>();
        gathered.forEach((key, changed) -> {
            if (key.account().equals(account)) {
                entries.addAll(changed.page().entries());
            }
        });
        return reader.apply(entries);
    }
}
