/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.model.AuditPage;
import dev.muster.streams.model.StateOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Says when which session has a fact, so that the audit log finds the newest without looking at every session. Sessions keep the
 * times of the events that they took in since the last commit, which costs next to nothing; with the commit each bucket of time gets
 * a row of them, however many sessions they are. A time may stand there twice, or of a fact that has moved: whoever reads
 * looks at what is there.
 */
final class AuditIndex {

    /** So many times are in one row at most: about 10 KiB. */
    private static final int MAX_TIMES = 512;

    private static final int ROWS_A_STEP = 2000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Numbers numbers;
    private final StateOutput out = new StateOutput();
    /** The sessions with times that are in no row. */
    private final Set<LiveSession> waiting = new LinkedHashSet<>();

    private record Bucket(String account, long number) {}

    AuditIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        numbers = new Numbers(store);
    }

    /** A session has taken in the first event since its times were last written. */
    void add(LiveSession session) {
        waiting.add(session);
    }

    /** Writes all times. */
    void flush() {
        write(waiting);
        waiting.clear();
    }

    /** Writes the times of a session that leaves memory. */
    void flush(LiveSession session) {
        if (waiting.remove(session)) {
            write(List.of(session));
        }
    }

    /** A session is deleted. */
    void forget(LiveSession session) {
        waiting.remove(session);
    }

    private void write(Iterable<LiveSession> sessions) {
        Map<Bucket, Map<String, List<Long>>> buckets = new LinkedHashMap<>();
        for (LiveSession session : sessions) {
            for (long time : session.unindexed()) {
                long number = AuditKey.bucketOf(time);
                buckets.computeIfAbsent(new Bucket(session.key.account(), number), bucket -> new LinkedHashMap<>())
                        .computeIfAbsent(session.key.sessionId(), id -> new ArrayList<>())
                        .add(time - number * AuditKey.BUCKET_MS);
            }
        }
        buckets.forEach(this::write);
        // Only now: until its row is there, a reader finds a time with its session.
        sessions.forEach(LiveSession::indexed);
    }

    private void write(Bucket bucket, Map<String, List<Long>> times) {
        Map<String, List<Long>> page = new LinkedHashMap<>();
        int count = 0;
        for (Map.Entry<String, List<Long>> entry : times.entrySet()) {
            List<Long> all = entry.getValue();
            for (int from = 0; from < all.size(); from += MAX_TIMES) {
                List<Long> part = all.subList(from, Math.min(all.size(), from + MAX_TIMES));
                if (count > 0 && count + part.size() > MAX_TIMES) {
                    put(bucket, page);
                    page = new LinkedHashMap<>();
                    count = 0;
                }
                page.put(entry.getKey(), part);
                count += part.size();
            }
        }
        put(bucket, page);
    }

    private void put(Bucket bucket, Map<String, List<Long>> page) {
        store.put(
                new AuditKey(bucket.account, bucket.number, numbers.next()).toBytes(),
                new AuditPage(page).toBytes(out));
    }

    /** Keeps a command, once however often it comes. */
    void command(String account, long time, byte[] value) {
        long id = XXHashFactory.fastestJavaInstance().hash64().hash(value, 0, value.length, 0);
        store.put(AuditKey.command(account, time, id), value);
    }

    /**
     * Deletes rows of an account that are older than a time, a bounded number.
     *
     * @return whether there may be more
     */
    boolean deleteBefore(String account, long time) {
        List<Bytes> old = new ArrayList<>();
        find(AuditKey.factsAt(account, time - AuditKey.BUCKET_MS), AuditKey.facts(account), old);
        find(AuditKey.commandsAt(account, time - 1), AuditKey.commands(account), old);
        old.forEach(store::delete);
        return old.size() >= ROWS_A_STEP;
    }

    /** The rows from a key on, oldest first. */
    private void find(Bytes from, Bytes prefix, List<Bytes> found) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.reverseRange(from, StoreKeys.endOf(prefix))) {
            while (rows.hasNext() && found.size() < ROWS_A_STEP) {
                KeyValue<Bytes, byte[]> row = rows.next();
                found.add(row.key);
            }
        }
    }

    /** The next account behind one that has rows; empty text at the end. */
    String accountBehind(String account) {
        Bytes from = StoreKeys.endOf(StoreKeys.activities(account));
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
            return rows.hasNext() ? StoreKeys.account(rows.next().key) : "";
        }
    }
}
