/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * A store whose readers close their iterators in turn with the store's own closing.
 *
 * <p>An iterator of RocksDB that is being closed is first taken off the list of those that the store would close, and then let go
 * (seen in 4.3.1 and 4.4.0). A store that is closed in between lets go of what the iterator still needs, which ends the process. A
 * store is closed under its lock, so the iterators are too.
 *
 * @param rows the store
 * @param lock what the store locks while it is closed
 */
record HeldRows(ReadOnlyKeyValueStore<Bytes, byte[]> rows, Object lock)
        implements ReadOnlyKeyValueStore<Bytes, byte[]> {

    @Override
    public byte[] get(Bytes key) {
        return rows.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return new Held(rows.range(from, to), lock);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return new Held(rows.reverseRange(from, to), lock);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Held(rows.all(), lock);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        synchronized (lock) {
            return new Held(rows.reverseAll(), lock);
        }
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        // The store opens this one, and the one before, without its lock.
        synchronized (lock) {
            return new Held(rows.prefixScan(prefix, serializer), lock);
        }
    }

    @Override
    public long approximateNumEntries() {
        synchronized (lock) {
            return rows.approximateNumEntries();
        }
    }

    private record Held(KeyValueIterator<Bytes, byte[]> iterator, Object lock)
            implements KeyValueIterator<Bytes, byte[]> {

        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            return iterator.next();
        }

        @Override
        public Bytes peekNextKey() {
            return iterator.peekNextKey();
        }

        @Override
        public void close() {
            synchronized (lock) {
                iterator.close();
            }
        }
    }
}
