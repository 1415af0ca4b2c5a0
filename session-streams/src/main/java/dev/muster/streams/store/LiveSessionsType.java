/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import java.util.List;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.internals.StateStoreProvider;

/** Asks Kafka Streams for a partition's live sessions. */
public final class LiveSessionsType implements QueryableStoreType<LiveSessions> {

    @Override
    public boolean accepts(StateStore store) {
        return store instanceof LiveSessions;
    }

    @Override
    public LiveSessions create(StateStoreProvider provider, String name) {
        List<LiveSessions> stores = provider.stores(name, this);
        if (stores.isEmpty()) {
            throw new InvalidStateStoreException("the partition's live sessions are not on this instance");
        }
        return stores.get(0);
    }
}
