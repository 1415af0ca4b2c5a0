/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A store in memory that counts its calls, shows iterators what there was when they were opened, as RocksDB does, and can go
 * back to its last commit.
 */
public final class CountedRows {

    private final KeyValueStore<Bytes, byte[]> rows =
            Stores.inMemoryKeyValueStore("rows").get();
    private final KeyValueStore<Bytes, byte[]> counted;
    private final Map<String, Integer> calls = new TreeMap<>();
    private List<KeyValue<Bytes, byte[]>> committed = List.of();

    @SuppressWarnings("unchecked")
    public CountedRows() {
        counted = (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                CountedRows.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    @SuppressWarnings("unchecked")
    private synchronized Object call(Method method, Object[] arguments) throws Throwable {
        calls.merge(method.getName(), 1, Integer::sum);
        try {
            Object result = method.invoke(rows, arguments);
            return result instanceof KeyValueIterator ? new Snapshot((KeyValueIterator<Bytes, byte[]>) result) : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** The store. */
    public KeyValueStore<Bytes, byte[]> store() {
        return counted;
    }

    /** How often one of its methods was called since this was last asked. */
    public synchronized int took(String method) {
        Integer count = calls.remove(method);
        return count == null ? 0 : count;
    }

    /** Its rows. */
    public synchronized List<KeyValue<Bytes, byte[]>> all() {
        List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> iterator = rows.all()) {
            iterator.forEachRemaining(all::add);
        }
        return all;
    }

    /** What there is now is what it goes back to. */
    public void commit() {
        committed = all();
    }

    /** Goes back to the last commit. */
    public synchronized void abort() {
        all().forEach(row -> rows.delete(row.key));
        committed.forEach(row -> rows.put(row.key, row.value));
    }

    private static final class Snapshot implements KeyValueIterator<Bytes, byte[]> {

        private final List<KeyValue<Bytes, byte[]>> all = new ArrayList<>();
        private final ListIterator<KeyValue<Bytes, byte[]>> left;

        Snapshot(KeyValueIterator<Bytes, byte[]> rows) {
            try (rows) {
                rows.forEachRemaining(all::add);
            }
            left = all.listIterator();
        }

        @Override
        public boolean hasNext() {
            return left.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            return left.next();
        }

        @Override
        public Bytes peekNextKey() {
            Bytes key = left.next().key;
            left.previous();
            return key;
        }

        @Override
        public void close() {}
    }
}
