/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import dev.muster.streams.store.LiveSessions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** RocksDB's stores, with something that happens before each write of the live sessions' flush, and before each read. */
final class WatchedRows implements KeyValueBytesStoreSupplier {

    private static final Set<String> WRITES = Set.of("put", "delete");

    private final KeyValueBytesStoreSupplier rows;
    private final Consumer<String> beforeFlushed;
    private final Consumer<String> beforeRead;

    private WatchedRows(String store, Consumer<String> beforeFlushed, Consumer<String> beforeRead) {
        rows = Stores.persistentKeyValueStore(store);
        this.beforeFlushed = beforeFlushed;
        this.beforeRead = beforeRead;
    }

    /** What is called with a store's name before a flush writes to it. */
    static Function<String, KeyValueBytesStoreSupplier> flushed(Consumer<String> before) {
        return name -> new WatchedRows(name, before, store -> {});
    }

    /** What is called with a store's name before it is read. */
    static Function<String, KeyValueBytesStoreSupplier> read(Consumer<String> before) {
        return name -> new WatchedRows(name, store -> {}, before);
    }

    @Override
    public String name() {
        return rows.name();
    }

    @Override
    @SuppressWarnings("unchecked")
    public KeyValueStore<Bytes, byte[]> get() {
        KeyValueStore<Bytes, byte[]> store = rows.get();
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                WatchedRows.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (WRITES.contains(method.getName()) && isFlush()) {
                        beforeFlushed.accept(name());
                    } else if (method.getName().equals("get")) {
                        beforeRead.accept(name());
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static boolean isFlush() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("flushCache")
                        && frame.getClassName().equals(LiveSessions.class.getName())));
    }

    @Override
    public String metricsScope() {
        return rows.metricsScope();
    }
}
