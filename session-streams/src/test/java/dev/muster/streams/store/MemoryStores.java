/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A partition's stores in memory. */
public final class MemoryStores {

    private MemoryStores() {}

    /** Stores of their own, with nothing in them. */
    public static SessionStores empty() {
        return new SessionStores(rows(), rows(), rows(), rows(), rows(), rows(), rows());
    }

    private static KeyValueStore<Bytes, byte[]> rows() {
        return Stores.inMemoryKeyValueStore("rows").get();
    }
}
