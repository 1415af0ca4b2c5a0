/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.DayContribution;
import dev.muster.streams.model.SessionAggregate;
import dev.muster.streams.read.page.ListOrder;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.read.page.TopRows;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.DayKey.Member;
import dev.muster.streams.store.StoreKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Collects a page of a day group's sessions over the partitions hosted here, the latest begun first. Live sessions are looked
 * at themselves: a row may tell of an agent or a start that is no longer theirs.
 */
final class DaySessionScan {

    private final DaySessionsQuery query;
    private final DayKey group;
    private final TopRows<SessionHit> top;

    DaySessionScan(DaySessionsQuery query) {
        this.query = query;
        group = new DayKey(query.account(), query.group().day(), query.group().agentId());
        top = new TopRows<>(ListOrder.DESCENDING, query.after(), query.limit());
    }

    Slice<SessionHit> slice(List<PartitionStores> hosted) {
        hosted.forEach(this::collect);
        TopRows.Cut<SessionHit> cut = top.cut();
        return new Slice<>(cut.rows(), cut.end(), Coverage.of(hosted));
    }

    private void collect(PartitionStores stores) {
        Set<String> seen = new HashSet<>();
        stores.live()
                .ifPresent(live -> live.unwritten(group.account()).forEach(session -> {
                    seen.add(session.id());
                    add(session);
                }));
        Bytes members = group.members();
        Bytes from = query.after()
                .map(position -> group.member(new Member(position.value(), position.id())))
                .orElse(members);
        int collected = 0;
        try (KeyValueIterator<Bytes, byte[]> rows = stores.days().range(from, StoreKeys.endOf(members))) {
            while (rows.hasNext() && collected <= query.limit()) {
                String id = DayKey.member(members, rows.next().key).sessionId();
                if (seen.add(id) && session(id, stores).filter(this::add).isPresent()) {
                    collected++;
                }
            }
        }
    }

    private Optional<SessionAggregate> session(String id, PartitionStores stores) {
        return SessionSnapshot.figures(stores, RecordKey.ofSession(group.account(), id));
    }

    private boolean add(SessionAggregate session) {
        return DayContribution.of(session).isSession()
                && session.agentId().equals(group.agentId())
                && session.startDay() == group.day()
                && top.add(new SessionHit(new Position(session.first(), session.id()), session));
    }
}
