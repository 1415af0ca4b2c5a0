/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import dev.muster.streams.index.SessionIndex;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.SessionAggregate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Makes the index of a task's sessions of their rows, and of what is known of the agents. */
final class IndexBuild {

    private final SessionStores stores;
    private final SessionIndex index;

    IndexBuild(SessionStores stores, SessionIndex index) {
        this.stores = stores;
        this.index = index;
    }

    void run() {
        try (KeyValueIterator<Bytes, byte[]> rows = stores.sessions().all()) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (StoreKeys.isSession(row.key)) {
                    SessionAggregate session = SessionAggregate.read(row.value);
                    index.put(session, true);
                }
            }
        }
        // An account without sessions may still have agents: every account's first row is looked for.
        String account = accountBehind("");
        while (!account.isEmpty()) {
            addAgents(account);
            account = accountBehind(account);
        }
    }

    private String accountBehind(String account) {
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.days().range(StoreKeys.endOf(StoreKeys.activities(account)), null)) {
            return rows.hasNext() ? StoreKeys.account(rows.next().key) : "";
        }
    }

    private void addAgents(String account) {
        Bytes all = DayKey.agentsOf(account);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.days().range(all, StoreKeys.endOf(all))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                index.putAgent(account, DayKey.agentOf(all, row.key), AgentRecord.read(row.value));
            }
        }
    }
}
