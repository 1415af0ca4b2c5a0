/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Asks Kafka Streams for one of a partition's stores of rows, itself.
 *
 * <p>Kafka's type for key-value stores would not do. It reads through a view, which nothing holds back while the store is
 * closed (seen in 4.4.0): RocksDB is then asked after it has gone, which ends the process. And it begins an iterator at the first
 * look into it (seen in 4.3.1 too), where readers need the moment at which they asked. The store itself says that it is closed,
 * and begins at once.
 */
public final class RowsType implements QueryableStoreType<ReadOnlyKeyValueStore<Bytes, byte[]>> {

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof KeyValueStore;
    }

    @Override
    public ReadOnlyKeyValueStore<Bytes, byte[]> create(StateStoreProvider provider, String name) {
        List<ReadOnlyKeyValueStore<Bytes, byte[]>> stores = provider.stores(name, this);
        if (stores.isEmpty()) {
            throw new InvalidStateStoreException("the partition's store " + name + " is not on this instance");
        }
        return new HeldRows(stores.get(0), innermost(stores.get(0)));
    }

    /** What is closed under its own lock: the store that all others are wrapped around. */
    private static Object innermost(Object store) {
        return store instanceof WrappedStateStore<?, ?, ?> wrapper ? innermost(wrapper.wrapped()) : store;
    }
}
