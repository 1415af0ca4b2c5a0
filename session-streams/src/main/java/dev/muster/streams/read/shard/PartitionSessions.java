/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.index.AccountIndex;
import dev.muster.streams.index.AggregateSummary;
import dev.muster.streams.index.SessionSummary;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.StoreKeys;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * All sessions of an account in one partition, and what its agents did outside of any. The index shows them in some nanoseconds
 * each; where there is none, on a standby and of an account that had no room in it, every row is read, which takes a thousand times
 * as long.
 */
final class PartitionSessions {

    private final PartitionStores stores;
    private final String account;
    private final Optional<AccountIndex> index;

    PartitionSessions(PartitionStores stores, String account) {
        this(stores, account, stores.live().flatMap(live -> live.index(account)));
    }

    /** With this index, or none. */
    PartitionSessions(PartitionStores stores, String account, Optional<AccountIndex> index) {
        this.stores = stores;
        this.account = account;
        this.index = index;
    }

    /** Whether all of some partitions have an index. */
    static boolean areIndexed(List<PartitionSessions> partitions) {
        return partitions.stream().allMatch(sessions -> sessions.index.isPresent());
    }

    PartitionStores stores() {
        return stores;
    }

    /** Who has numbered the agents, if anybody has. */
    Optional<Object> agentNumbers() {
        return index.map(AccountIndex::agentNumbers);
    }

    /** The index that shows them, if there is one. */
    Optional<AccountIndex> index() {
        return index;
    }

    /** Shows each session that has an event; a summary is valid while it is looked at. */
    void forEach(Consumer<SessionSummary> visitor) {
        if (index.isPresent()) {
            index.get().forEach(visitor);
        } else {
            readRows(visitor);
        }
    }

    private void readRows(Consumer<SessionSummary> visitor) {
        // What is live and leaves memory has its row by then: whoever is looked at as live is not looked at again.
        Set<String> seen =
                stores.live().map(live -> live.activity(account).keySet()).orElse(Set.of());
        seen.forEach(id -> current(id).ifPresent(session -> visitor.accept(new AggregateSummary(session))));
        Bytes all = StoreKeys.activities(account);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.sessions().range(all, StoreKeys.endOf(all))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (StoreKeys.isSession(row.key)) {
                    SessionAggregate session = SessionAggregate.read(row.value);
                    if (SessionSnapshot.isThere(session) && !seen.contains(session.id())) {
                        visitor.accept(new AggregateSummary(session));
                    }
                }
            }
        }
    }

    /** Shows what is known of each agent, in pieces that are to be put together: what its row says, and what sessions tell. */
    void eachAgent(AccountIndex.AgentVisitor visitor) {
        if (index.isPresent()) {
            index.get().eachAgent(visitor);
            return;
        }
        stores.live()
                .map(live -> live.activity(account).keySet())
                .orElse(Set.of())
                .forEach(id -> current(id)
                        .ifPresent(session -> visitor.accept(-1, session.agentId(), AgentRecord.of(session))));
        Bytes all = DayKey.agentsOf(account);
        try (KeyValueIterator<Bytes, byte[]> rows = stores.days().range(all, StoreKeys.endOf(all))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                visitor.accept(-1, DayKey.agentOf(all, row.key), AgentRecord.read(row.value));
            }
        }
    }

    private Optional<SessionAggregate> current(String sessionId) {
        return SessionSnapshot.figures(stores, RecordKey.ofSession(account, sessionId));
    }
}
