/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

import dev.muster.schemas.RecordKey;
import dev.muster.streams.model.SessionFigures;
import dev.muster.streams.model.SessionShare;
import dev.muster.streams.store.DayKey;
import dev.muster.streams.store.DayKey.Member;
import dev.muster.streams.store.StoreKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * Collects a page of a day group's sessions over any number of partitions, the latest begun first. Live sessions are looked at
 * themselves: a row may tell of an agent or a start that is no longer theirs.
 */
final class DaySessions {

    private static final Comparator<SessionFigures> ORDER =
            Comparator.comparingLong(SessionFigures::first).reversed().thenComparing(SessionFigures::id);

    private final DayKey group;
    private final Optional<Cursor> after;
    private final int most;
    private final List<SessionFigures> found = new ArrayList<>();

    DaySessions(DayKey group, Optional<Cursor> after, int most) {
        this.group = group;
        this.after = after;
        this.most = most;
    }

    void collect(PartitionStores stores) {
        Set<String> seen = new HashSet<>();
        stores.live()
                .ifPresent(live -> live.unwritten(group.account()).forEach(session -> {
                    seen.add(session.id());
                    offer(session);
                }));
        Bytes members = group.members();
        Bytes from = after.map(cursor -> group.member(new Member(cursor.number(), cursor.text())))
                .orElse(members);
        int collected = 0;
        try (KeyValueIterator<Bytes, byte[]> rows = stores.days().range(from, StoreKeys.behind(members))) {
            while (rows.hasNext() && collected < most) {
                String id = DayKey.member(members, rows.next().key).sessionId();
                if (seen.add(id) && session(id, stores).filter(this::offer).isPresent()) {
                    collected++;
                }
            }
        }
    }

    private Optional<SessionFigures> session(String id, PartitionStores stores) {
        return SessionSnapshot.of(stores, RecordKey.ofSession(group.account(), id))
                .map(SessionSnapshot::figures);
    }

    private boolean offer(SessionFigures session) {
        boolean fits = SessionShare.of(session).isSession()
                && session.agentId().equals(group.agentId())
                && session.startDay() == group.day()
                && after.map(cursor -> isBehind(session, cursor)).orElse(true);
        if (fits) {
            found.add(session);
        }
        return fits;
    }

    private static boolean isBehind(SessionFigures session, Cursor cursor) {
        return session.first() < cursor.number()
                || (session.first() == cursor.number() && session.id().compareTo(cursor.text()) > 0);
    }

    /** The first of them, as many as wanted. */
    List<SessionFigures> inOrder() {
        return found.stream().sorted(ORDER).limit(most).toList();
    }
}
