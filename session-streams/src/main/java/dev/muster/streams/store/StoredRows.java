/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.model.FactPosition;
import dev.muster.streams.model.SessionRows;
import dev.muster.streams.model.TraceAggregate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** One session's rows in the task's stores. */
final class StoredRows implements SessionRows {

    private static final BytesSerializer KEYS = new BytesSerializer();

    private final SessionStores stores;
    private final byte[] session;

    StoredRows(SessionStores stores, String account, String sessionId) {
        this.stores = stores;
        session = StoreKeys.session(account, sessionId);
    }

    @Override
    public byte @Nullable [] session() {
        return stores.sessions().get(Bytes.wrap(session));
    }

    @Override
    public void putSession(byte[] value) {
        stores.sessions().put(Bytes.wrap(session), value);
    }

    @Override
    public void eachWindow(WindowConsumer windows) {
        try (KeyValueIterator<Bytes, byte[]> rows = stores.sessions().prefixScan(StoreKeys.windows(session), KEYS)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                windows.accept(
                        StoreKeys.windowStart(row.key),
                        ByteBuffer.wrap(row.value).getLong());
            }
        }
    }

    @Override
    public void putWindow(long start, long end) {
        stores.sessions()
                .put(
                        StoreKeys.window(session, start),
                        ByteBuffer.allocate(8).putLong(end).array());
    }

    @Override
    public void deleteWindow(long start) {
        stores.sessions().delete(StoreKeys.window(session, start));
    }

    @Override
    public void eachChunk(BiConsumer<FactPosition, byte[]> chunks) {
        try (KeyValueIterator<Bytes, byte[]> rows = stores.events().prefixScan(StoreKeys.chunks(session), KEYS)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                chunks.accept(StoreKeys.fence(row.key), row.value);
            }
        }
    }

    @Override
    public byte[] chunk(FactPosition fence) {
        byte[] value = stores.events().get(StoreKeys.chunk(session, fence));
        if (value == null) {
            throw new IllegalStateException("the chunk at " + fence + " is gone: the state is damaged");
        }
        return value;
    }

    @Override
    public void putChunk(FactPosition fence, byte[] value) {
        stores.events().put(StoreKeys.chunk(session, fence), value);
    }

    @Override
    public void deleteChunk(FactPosition fence) {
        stores.events().delete(StoreKeys.chunk(session, fence));
    }

    @Override
    public void eachTracePage(Consumer<byte[]> pages) {
        try (KeyValueIterator<Bytes, byte[]> rows = stores.traces().prefixScan(StoreKeys.tracePages(session), KEYS)) {
            while (rows.hasNext()) {
                pages.accept(rows.next().value);
            }
        }
    }

    @Override
    public void putTracePage(int number, byte[] value) {
        stores.traces().put(StoreKeys.tracePage(session, number), value);
    }

    @Override
    public byte[] trace(long hash, long start) {
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.traces().prefixScan(StoreKeys.tracesAt(session, start), KEYS)) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (TraceAggregate.hashOf(StoreKeys.traceId(session, row.key)) == hash) {
                    return row.value;
                }
            }
        }
        throw new IllegalStateException("a trace's row is gone: the state is damaged");
    }

    @Override
    public void putTrace(String id, long start, byte[] value) {
        stores.traces().put(StoreKeys.trace(session, start, id), value);
    }

    @Override
    public List<byte[]> tracesStartedBefore(long time) {
        List<byte[]> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.traces().range(StoreKeys.traces(session), StoreKeys.trace(session, time, ""))) {
            while (rows.hasNext()) {
                found.add(rows.next().value);
            }
        }
        return found;
    }

    @Override
    public void deleteTrace(String id, long writtenStart) {
        stores.traces().delete(StoreKeys.trace(session, writtenStart, id));
    }

    /** Deletes every row of the session but its place in the list. */
    void deleteAll() {
        deleteAll(stores.events());
        deleteAll(stores.traces());
        deleteAll(stores.sessions());
    }

    private void deleteAll(KeyValueStore<Bytes, byte[]> store) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.prefixScan(Bytes.wrap(session), KEYS)) {
            while (rows.hasNext()) {
                keys.add(rows.next().key);
            }
        }
        keys.forEach(store::delete);
    }
}
